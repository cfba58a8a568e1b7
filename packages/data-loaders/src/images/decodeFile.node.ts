import { FormatError } from '@chainrule/errors';
import { Tensor } from '@chainrule/tensor';
import type { PictureKind } from './pictureKind.ts';
import { readJpeg, type ReadPictureOptions } from './readJpeg.ts';
import { readPng } from './readPng.ts';

/** The part of the package sharp that is used. */
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

/** The formats that are decoded without sharp. */
export const plainKinds: ReadonlySet<PictureKind | undefined> = new Set<PictureKind | undefined>(['PNG', 'JPEG']);
/** The formats that sharp decodes; BMP is not among them. */
export const sharpKinds: ReadonlySet<PictureKind | undefined> = new Set<PictureKind | undefined>([
  ...plainKinds,
  'GIF',
  'WebP',
  'TIFF',
  'AVIF or HEIC',
]);

/** Decodes a picture on this thread. */
export function decodePlain(bytes: Uint8Array, kind: PictureKind | undefined, options: ReadPictureOptions): Tensor {
  if (kind === 'PNG') return readPng(bytes, options);
  if (kind === 'JPEG') return readJpeg(bytes, options);
  throw new FormatError(`imageFolder: ${options.name}: expected a PNG or JPEG picture, got something else`);
}

/** Decodes a picture by sharp, in its threads, to the values that {@link decodePlain} gives. */
export async function decodeBySharp(
  sharp: Sharp,
  bytes: Uint8Array,
  kind: PictureKind | undefined,
  options: ReadPictureOptions,
): Promise<Tensor> {
  const { name = 'bytes', maxPixels = 2 ** 26 } = options;
  // sharp makes 8 bits of 16.
  if (!sharpKinds.has(kind) || (kind === 'PNG' && bytes[24] === 16)) return decodePlain(bytes, kind, options);
  try {
    const { data, info } = await sharp(bytes, { ignoreIcc: true, limitInputPixels: maxPixels, failOn: 'truncated' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    return new Tensor([info.height, info.width, info.channels], 'uint8', new Uint8Array(data));
  } catch (cause) {
    throw new FormatError(
      `imageFolder: ${name}: expected a picture of at most ${maxPixels} pixels that sharp decodes, got ${(cause as Error).message}`,
      { cause },
    );
  }
}
