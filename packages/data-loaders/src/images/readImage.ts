import { FormatError } from '@chainrule/errors';
import { aCount, aString, checkOptions, oneOf } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { checkBytes } from '../checks.ts';
import { jpegSegments } from './jpegSegments.ts';
import { imageKind } from './imageKind.ts';
import type { ReadImageFileOptions } from './readJpeg.ts';
import { readPng } from './readPng.ts';
import { type Channels, toChannels } from './toChannels.ts';

/** Options of {@link readImage}. */
export interface ReadImageOptions extends ReadImageFileOptions {
  /** 1 for gray, 3 for RGB, 4 for RGBA; by default 3. */
  readonly channels?: Channels;
}

/**
 * Decodes an image. Decodes PNG on all platforms. For JPEG, uses the browser's `createImageBitmap` if available, or else
 * loads `readJpeg`. Other formats depend on the browser.
 *
 * @returns `[height, width, channels]`, from 0 to 255
 * @throws FormatError if the image is truncated, corrupt, larger than `maxPixels` or in an unknown format
 * @throws OptionError for an invalid `channels`
 * @example
 * const problem = await readImage(Uint8Array.of(1, 2)).catch((error: Error) => error.name);
 * problem; // => FormatError
 */
export async function readImage(
  bytes: Uint8Array,
  options: ReadImageOptions = {},
): Promise<Tensor<[number, number, number], 'uint8'>> {
  checkBytes('readImage', bytes);
  checkOptions('readImage', options, { channels: oneOf(1, 3, 4), name: aString, maxPixels: aCount });
  const { channels = 3, name = 'bytes', maxPixels = 2 ** 26 } = options;
  if (bytes[0] === 0x89) return toChannels(readPng(bytes, { name, maxPixels }), channels);
  const isJpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  if (typeof createImageBitmap === 'function') {
    const size = isJpeg ? jpegSegments(bytes, name) : undefined;
    if (!size || size.width * size.height <= maxPixels)
      return toChannels(await decode(bytes, name, maxPixels), channels);
  }
  if (isJpeg) return toChannels((await import('./readJpeg.ts')).readJpeg(bytes, { name, maxPixels }), channels);
  const kind = imageKind(bytes);
  throw new FormatError(
    `readImage: ${name}: expected a PNG or JPEG image, got ${kind ? `a ${kind} image, which browsers decode, and sharp in Node` : 'something else'}`,
  );
}

/** Decodes with the platform's decoder, without color conversion. */
async function decode(bytes: Uint8Array, name: string, maxPixels: number): Promise<Tensor> {
  let bitmap: ImageBitmap;
  try {
    bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]), {
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
      imageOrientation: 'none',
    });
  } catch (cause) {
    throw new FormatError(`readImage: ${name}: expected an image that this browser decodes, got one that it does not`, {
      cause,
    });
  }
  const { width, height } = bitmap;
  try {
    if (width * height > maxPixels)
      throw new FormatError(
        `readImage: ${name}: expected at most ${maxPixels} pixels (\`maxPixels\`), got ${width}×${height}`,
      );
    const context = new OffscreenCanvas(width, height).getContext('2d');
    if (!context) throw new FormatError(`readImage: ${name}: expected a canvas of ${width}×${height}, got none`);
    context.drawImage(bitmap, 0, 0);
    return new Tensor(
      [height, width, 4],
      'uint8',
      new Uint8Array(context.getImageData(0, 0, width, height).data.buffer),
    );
  } finally {
    bitmap.close();
  }
}
