/** The formats of pictures that are told apart. */
export type PictureKind = 'PNG' | 'JPEG' | 'GIF' | 'WebP' | 'BMP' | 'TIFF' | 'AVIF or HEIC';

/** How many bytes at the start of a file {@link pictureKind} looks at. */
export const kindBytes = 16;

/** The format of a picture by its first bytes; `undefined` for anything else. */
export function pictureKind(bytes: Uint8Array): PictureKind | undefined {
  const text = String.fromCharCode(...bytes.subarray(0, kindBytes));
  if (text.startsWith('\x89PNG')) return 'PNG';
  if (text.startsWith('\xff\xd8')) return 'JPEG';
  if (/^GIF8[79]a/.test(text)) return 'GIF';
  if (/^RIFF[^]{4}WEBP/.test(text)) return 'WebP';
  // Texts may begin with BM, but not with four zeros behind it.
  if (/^BM[^]{4}\0\0\0\0/.test(text)) return 'BMP';
  if (/^(II\*\0|MM\0\*)/.test(text)) return 'TIFF';
  return /^[^]{4}ftyp(avi[fs]|hei[cx]|mif1)/.test(text) ? 'AVIF or HEIC' : undefined;
}
