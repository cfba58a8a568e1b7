import { OptionError, showValue } from '@chainrule/errors';
import { Tensor } from '@chainrule/tensor';

/** The number of channels of an image: gray, RGB, or RGBA. */
export type Channels = 1 | 3 | 4;

/**
 * Converts an image to uint8 with the given channels. Gray becomes RGB with equal values, and RGB becomes gray by Rec. 601.
 * Alpha is dropped, or added as opaque. 16-bit values lose their lower 8 bits.
 *
 * @param image - `[height, width, 1 to 4]`, uint8, or int32 from 0 to 65535
 */
export function toChannels(image: Tensor, channels: Channels): Tensor<[number, number, number], 'uint8'> {
  if (![1, 3, 4].includes(channels))
    throw new OptionError(`readImage: \`channels\` must be 1, 3 or 4, got ${showValue(channels)}`);
  const [height = 0, width = 0, has = 1] = image.shape;
  const from = image['~values'];
  const shift = image.dtype === 'int32' ? 8 : 0;
  // The image is new, so reusing its memory is safe.
  if (has === channels && shift === 0) return new Tensor([height, width, channels], 'uint8', from);
  const pixels = new Uint8Array(height * width * channels);
  const [toGreen, toBlue] = has >= 3 ? [1, 2] : [0, 0];
  for (let at = 0, to = 0; to < pixels.length; at += has, to += channels) {
    const [red, green, blue] = [from[at]! >> shift, from[at + toGreen]! >> shift, from[at + toBlue]! >> shift];
    if (channels === 1) pixels[to] = toGreen ? Math.round(0.299 * red + 0.587 * green + 0.114 * blue) : red;
    else {
      pixels[to] = red;
      pixels[to + 1] = green;
      pixels[to + 2] = blue;
      if (channels === 4) pixels[to + 3] = has % 2 ? 255 : from[at + has - 1]! >> shift;
    }
  }
  return new Tensor([height, width, channels], 'uint8', pixels);
}
