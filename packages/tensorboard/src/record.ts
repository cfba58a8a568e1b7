import { crc32c } from './crc32c.ts';

/**
 * Frames an event as a record of a TFRecord file: its length, a checksum of the length, the bytes, and a checksum of the
 * bytes. Numbers are little-endian. Checksums are CRC-32C, masked as in TensorFlow's `crc32c.h`.
 */
export function record(bytes: Uint8Array): Uint8Array {
  const framed = new Uint8Array(bytes.length + 16);
  const view = new DataView(framed.buffer);
  view.setBigUint64(0, BigInt(bytes.length), true);
  view.setUint32(8, masked(framed.subarray(0, 8)), true);
  framed.set(bytes, 12);
  view.setUint32(12 + bytes.length, masked(bytes), true);
  return framed;
}

/** Rotates the checksum right by 15 bits and adds a constant, so that checksums of checksums are safe. */
function masked(bytes: Uint8Array): number {
  const sum = crc32c(bytes);
  return (((sum >>> 15) | (sum << 17)) + 0xa282ead8) >>> 0;
}
