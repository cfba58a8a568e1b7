import { FormatError } from '@chainrule/errors';
import { Tensor } from '@chainrule/tensor';
import jpeg from 'jpeg-js';
import { checkCount } from '../checkCount.ts';
import { jpegSize } from './jpegSize.ts';

/** Options of {@link readPng} and {@link readJpeg}. */
export interface ReadPictureOptions {
  /** What messages call the bytes, such as the file's name; by default `bytes`. */
  readonly name?: string;
  /** The most pixels; by default 2²⁶, 67 million. */
  readonly maxPixels?: number;
}

/**
 * Decodes a JPEG picture, baseline or progressive, in plain JavaScript. {@link readImage} uses the browser's decoder,
 * which is several times as fast.
 *
 * Source: ITU-T T.81; decoded by jpeg-js.
 *
 * @returns `[height, width, 3]`, red, green and blue from 0 to 255, for grey pictures too
 * @throws FormatError when the picture is truncated, corrupt or larger than `maxPixels`
 * @throws OptionError when `maxPixels` is not an integer of at least 1
 * @example
 * try {
 *   readJpeg(Uint8Array.of(0xff, 0xd8));
 * } catch (error) {
 *   (error as Error).name; // => FormatError
 * }
 */
export function readJpeg(bytes: Uint8Array, options: ReadPictureOptions = {}): Tensor<[number, number, 3], 'uint8'> {
  const { name = 'bytes', maxPixels = 2 ** 26 } = options;
  checkCount('readJpeg', 'maxPixels', maxPixels, 1);
  const { width, height } = jpegSize(bytes, name);
  if (width * height > maxPixels) throw new FormatError(`readJpeg: ${name}: expected at most ${maxPixels} pixels (\`maxPixels\`), got ${width}×${height}`);
  try {
    const limits = { maxResolutionInMP: Infinity, maxMemoryUsageInMB: 64 + Math.ceil((width * height * 64) / 2 ** 20) };
    const { data } = jpeg.decode(bytes, { useTArray: true, formatAsRGBA: false, tolerantDecoding: false, ...limits });
    return new Tensor([height, width, 3], 'uint8', data);
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause);
    throw new FormatError(`readJpeg: ${name}: expected a valid picture, got one that does not decode: ${message}`, { cause });
  }
}
