import { FormatError } from '@chainrule/errors';
import { aCount, aString, checkOptions } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import jpeg from 'jpeg-js';
import { checkBytes } from '../checks.ts';
import { jpegSegments } from './jpegSegments.ts';
import { decodeJpeg } from './mozJpeg.ts';

/** Options of {@link readPng} and {@link readJpeg}. */
export interface ReadImageFileOptions {
  /** The name of the bytes in error messages, such as a file name; by default `bytes`. */
  readonly name?: string;
  /** The greatest number of pixels; by default 2²⁶, about 67 million. */
  readonly maxPixels?: number;
}

/**
 * Decodes a JPEG image, baseline or progressive, in Node. {@link readImage} also decodes JPEG in browsers.
 *
 * Source: ITU-T T.81; decoded by libjpeg (mozjpeg in WebAssembly), to the same pixels as Pillow. jpeg-js decodes CMYK images,
 * and all images if the package `@jsquash/jpeg` cannot be loaded, as in some bundles.
 *
 * @returns `[height, width, 3]`, RGB from 0 to 255, also for gray images
 * @throws FormatError if the image is truncated, corrupt or larger than `maxPixels`, or has more than 100 scans
 * @throws OptionError if `maxPixels` is not a positive integer
 * @example
 * try {
 *   readJpeg(Uint8Array.of(0xff, 0xd8));
 * } catch (error) {
 *   (error as Error).name; // => FormatError
 * }
 */
export function readJpeg(bytes: Uint8Array, options: ReadImageFileOptions = {}): Tensor<[number, number, 3], 'uint8'> {
  checkBytes('readJpeg', bytes);
  checkOptions('readJpeg', options, { name: aString, maxPixels: aCount });
  const { name = 'bytes', maxPixels = 2 ** 26 } = options;
  const { width, height, components, bytes: clean } = jpegSegments(bytes, name);
  if (width * height > maxPixels)
    throw new FormatError(
      `readJpeg: ${name}: expected at most ${maxPixels} pixels (\`maxPixels\`), got ${width}×${height}`,
    );
  const fail = (message: string, cause?: unknown): never => {
    throw new FormatError(`readJpeg: ${name}: expected a valid image, got one that does not decode: ${message}`, {
      cause,
    });
  };
  const decoded = components === 4 ? undefined : decodeJpeg(clean);
  if (!decoded) return new Tensor([height, width, 3], 'uint8', decodePlain(clean, width * height, fail));
  const { data, messages } = decoded;
  const problem = messages.find((message) => !isHarmless(message));
  if (!data || data.length !== width * height * 4) return fail(problem ?? 'no pixels');
  if (problem) fail(problem);
  return new Tensor([height, width, 3], 'uint8', withoutAlpha(data, width * height));
}

/** Whether a message of libjpeg does not concern the pixels. */
function isHarmless(message: string): boolean {
  return /extraneous bytes/.test(message) || !/^(Corrupt|Premature|Unsupported|Bogus|Invalid)/.test(message);
}

function withoutAlpha(data: Uint8ClampedArray, count: number): Uint8Array {
  const pixels = new Uint8Array(count * 3);
  for (let i = 0, from = 0, to = 0; i < count; i++, from += 4, to += 3) {
    pixels[to] = data[from]!;
    pixels[to + 1] = data[from + 1]!;
    pixels[to + 2] = data[from + 2]!;
  }
  return pixels;
}

/** Decodes with jpeg-js. */
function decodePlain(bytes: Uint8Array, count: number, fail: (message: string, cause: unknown) => never): Uint8Array {
  try {
    const limits = { maxResolutionInMP: Infinity, maxMemoryUsageInMB: 64 + Math.ceil((count * 64) / 2 ** 20) };
    return new Uint8Array(
      jpeg.decode(bytes, { useTArray: true, formatAsRGBA: false, tolerantDecoding: false, ...limits }).data,
    );
  } catch (cause) {
    return fail(cause instanceof Error ? cause.message : String(cause), cause);
  }
}
