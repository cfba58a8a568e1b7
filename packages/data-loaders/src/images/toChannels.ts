import { OptionError, showValue } from '@chainrule/errors';
import { Tensor } from '@chainrule/tensor';

/** How many channels pictures get: gray, colors, or colors and alpha. */
export type Channels = 1 | 3 | 4;

/**
 * A picture in the channels asked for, as uint8: gray becomes equal colors, colors the gray of Rec. 601, alpha is
 * dropped or opaque, 16 bits lose the lower 8.
 *
 * @param picture - `[height, width, 1 to 4]`, uint8, or int32 from 0 to 65535
 */
export function toChannels(picture: Tensor, channels: Channels): Tensor<[number, number, number], 'uint8'> {
  if (![1, 3, 4].includes(channels))
    throw new OptionError(`readImage: \`channels\` must be 1, 3 or 4, got ${showValue(channels)}`);
  const [height = 0, width = 0, has = 1] = picture.shape;
  const from = picture['~values'];
  const shift = picture.dtype === 'int32' ? 8 : 0;
  // The picture is new, and nobody else has its values.
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
