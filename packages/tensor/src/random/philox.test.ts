import { describe, expect, it } from 'vitest';
import { philox4x32 } from './philox.ts';

const block = (key: number[], counter: number[]): string =>
  [...philox4x32(key, counter)].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join(' ');

describe('philox4x32', () => {
  it('gives the vectors that are published with Random123', () => {
    expect(block([0, 0], [0, 0, 0, 0])).toBe('6627e8d5 e169c58d bc57ac4c 9b00dbd8');
    expect(block([-1, -1], [-1, -1, -1, -1])).toBe('408f276d 41c83b0e a20bc7c6 6d5451fd');
    expect(block([0xa4093822, 0x299f31d0], [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344])).toBe(
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    );
  });

  it('takes words as signed or unsigned', () => {
    expect(block([0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff])).toBe(
      block([-1, -1], [-1, -1, -1, -1]),
    );
  });

  it('writes where it is asked to', () => {
    const out = new Int32Array(6);
    philox4x32([0, 0], [0, 0, 0, 0], out, 1);
    expect([...out].map((w) => w >>> 0)).toEqual([0, 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8, 0]);
  });

  it('never gives one block twice', () => {
    const seen = new Set(Array.from({ length: 2000 }, (_, i) => block([5, 6], [i, 0, 0, 0])));
    expect(seen.size).toBe(2000);
  });
});
