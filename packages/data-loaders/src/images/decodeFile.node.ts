import { FormatError } from '@chainrule/errors';
import { Tensor } from '@chainrule/tensor';
import type { ImageKind } from './imageKind.ts';
import { readJpeg, type ReadImageFileOptions } from './readJpeg.ts';
import { readPng } from './readPng.ts';

/** The subset of the package sharp that this package uses. */
export type Sharp = (
  input: Uint8Array,
  options: { readonly ignoreIcc: boolean; readonly limitInputPixels: number; readonly failOn: 'truncated' },
) => {
  raw(): {
    toBuffer(options: { readonly resolveWithObject: true }): Promise<{
      readonly data: Uint8Array;
      readonly info: { readonly width: number; readonly height: number; readonly channels: number };
    }>;
  };
};

/** The formats that need no sharp. */
export const plainKinds: ReadonlySet<ImageKind | undefined> = new Set<ImageKind | undefined>(['PNG', 'JPEG']);
/** The formats that sharp decodes; it does not decode BMP. */
export const sharpKinds: ReadonlySet<ImageKind | undefined> = new Set<ImageKind | undefined>([
  ...plainKinds,
  'GIF',
  'WebP',
  'TIFF',
  'AVIF or HEIC',
]);

/** Decodes an image on this thread. */
export function decodePlain(bytes: Uint8Array, kind: ImageKind | undefined, options: ReadImageFileOptions): Tensor {
  if (kind === 'PNG') return readPng(bytes, options);
  if (kind === 'JPEG') return readJpeg(bytes, options);
  throw new FormatError(`imageFolder: ${options.name}: expected a PNG or JPEG image, got something else`);
}

/** Decodes an image with sharp, in its threads, to the same values as {@link decodePlain}. */
export async function decodeBySharp(
  sharp: Sharp,
  bytes: Uint8Array,
  kind: ImageKind | undefined,
  options: ReadImageFileOptions,
): Promise<Tensor> {
  const { name = 'bytes', maxPixels = 2 ** 26 } = options;
  // sharp reduces 16 bits to 8.
  if (!sharpKinds.has(kind) || (kind === 'PNG' && bytes[24] === 16)) return decodePlain(bytes, kind, options);
  try {
    const { data, info } = await sharp(bytes, { ignoreIcc: true, limitInputPixels: maxPixels, failOn: 'truncated' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return new Tensor([info.height, info.width, info.channels], 'uint8', new Uint8Array(data));
  } catch (cause) {
    throw new FormatError(
      `imageFolder: ${name}: expected an image of at most ${maxPixels} pixels that sharp decodes, got ${(cause as Error).message}`,
      { cause },
    );
  }
}
