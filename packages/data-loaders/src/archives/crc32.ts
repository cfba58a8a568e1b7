const table = /* @__PURE__ */ Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

/**
 * The checksum of zip, gzip and PNG.
 *
 * Source: ISO 3309, as in RFC 1952, section 8.
 *
 * @example
 * crc32(new TextEncoder().encode('123456789')).toString(16); // => cbf43926
 */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) crc = table[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}
