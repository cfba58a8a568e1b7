/** Hands the reader a file. */
export function download(bytes: Uint8Array | string, name: string): void {
  const url = URL.createObjectURL(new Blob([bytes as BlobPart]));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}
