import { DTypeError, ShapeError, showShape } from '@chainrule/errors';
import { isFloat, type Tensor } from '@chainrule/tensor';
import { encode } from 'fast-png';
import type { EncodedImage } from './event.ts';

/**
 * Encodes images `[height, width, channels]`, or a batch of them, as PNG. Floats range from 0 to 1, uint8 from 0 to 255.
 *
 * @throws ShapeError for another rank, an empty image, or a number of channels other than 1, 2, 3 or 4; DTypeError for
 *   another dtype
 */
export function encodeImages(op: string, images: Tensor): EncodedImage[] {
  const { shape, dtype } = images;
  const [channels, width, height] = shape.toReversed();
  if (shape.length < 3 || shape.length > 4 || channels! < 1 || channels! > 4 || width === 0 || height === 0)
    throw new ShapeError(
      `${op}: \`images\` must have shape [height,width,channels] or [batch,height,width,channels] with 1 to 4 channels, got ${showShape(shape)}`,
    );
  if (!isFloat(dtype) && dtype !== 'uint8')
    throw new DTypeError(`${op}: \`images\` must be floats from 0 to 1 or uint8, got ${dtype}`);
  const size = height! * width! * channels!;
  const pixels = isFloat(dtype)
    ? Uint8ClampedArray.from(images.data as Float32Array, (value) => 255 * value)
    : (images.data as Uint8Array);
  return Array.from({ length: shape.length === 4 ? shape[0] : 1 }, (_, i) => ({
    height: height!,
    width: width!,
    channels: channels!,
    png: encode({
      height: height!,
      width: width!,
      channels: channels as 1,
      data: Uint8Array.from(pixels.subarray(i * size, (i + 1) * size)),
    }),
  }));
}
