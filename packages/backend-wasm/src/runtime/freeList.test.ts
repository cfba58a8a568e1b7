import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FreeList } from './freeList.ts';

describe('a free list', () => {
  test('takes the smallest block that is large enough', () => {
    const list = new FreeList();
    list.give(0, 100);
    list.give(200, 30);
    list.give(300, 40);
    expect(list.take(30)).toBe(200);
    expect(list.take(35)).toBe(300);
    expect(list.take(64)).toBe(0);
    expect(list.blocks).toEqual([
      { address: 64, size: 36 },
      { address: 335, size: 5 },
    ]);
    expect(list.take(37)).toBeUndefined();
  });

  test('joins a block with both neighbours', () => {
    const list = new FreeList();
    list.give(0, 10);
    list.give(20, 10);
    list.give(10, 10);
    expect(list.blocks).toEqual([{ address: 0, size: 30 }]);
  });

  test('never gives an address twice, and is one block again in the end', () => {
    const total = 1000;
    fc.assert(
      fc.property(
        fc.array(fc.record({ size: fc.integer({ min: 1, max: 200 }), free: fc.nat() }), { maxLength: 60 }),
        (iterations) => {
          const list = new FreeList();
          list.give(0, total);
          const owned = new Uint8Array(total);
          const blocks: [number, number][] = [];
          for (const { size, free } of iterations) {
            if (free % 3 === 0 && blocks.length > 0) {
              const [address, was] = blocks.splice(free % blocks.length, 1)[0]!;
              owned.fill(0, address, address + was);
              list.give(address, was);
              continue;
            }
            const address = list.take(size);
            if (address === undefined) continue;
            expect(owned.subarray(address, address + size).every((x) => x === 0)).toBe(true);
            owned.fill(1, address, address + size);
            blocks.push([address, size]);
          }
          expect(list.blocks.reduce((sum, { size }) => sum + size, 0)).toBe(owned.filter((x) => x === 0).length);
          for (const [address, size] of blocks) list.give(address, size);
          expect(list.blocks).toEqual([{ address: 0, size: total }]);
        },
      ),
    );
  });
});
