/** The image formats that {@link imageKind} recognizes. */
export type ImageKind = 'PNG' | 'JPEG' | 'GIF' | 'WebP' | 'BMP' | 'TIFF' | 'AVIF or HEIC';

/** The number of bytes that {@link imageKind} needs. */
export const kindBytes = 16;

/** The format of an image by its first bytes; `undefined` for anything else. */
export function imageKind(bytes: Uint8Array): ImageKind | undefined {
  const text = String.fromCharCode(...bytes.subarray(0, kindBytes));
  if (text.startsWith('\x89PNG')) return 'PNG';
  if (text.startsWith('\xff\xd8')) return 'JPEG';
  if (/^GIF8[79]a/.test(text)) return 'GIF';
  if (/^RIFF[^]{4}WEBP/.test(text)) return 'WebP';
  // A text may begin with BM, but not with four zeros after it.
  if (/^BM[^]{4}\0\0\0\0/.test(text)) return 'BMP';
  if (/^(II\*\0|MM\0\*)/.test(text)) return 'TIFF';
  return /^[^]{4}ftyp(avi[fs]|hei[cx]|mif1)/.test(text) ? 'AVIF or HEIC' : undefined;
}
