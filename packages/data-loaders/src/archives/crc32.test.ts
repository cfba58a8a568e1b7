import { crc32 } from './crc32.ts';
import { expect, test } from 'vitest';

test('crc32 gives known values', () => {
  expect([
    crc32(new Uint8Array()),
    crc32(new TextEncoder().encode('123456789')),
    crc32(new Uint8Array(32).fill(255)),
  ]).toEqual([0, 0xcbf43926, 0xff6cab0b]);
});
