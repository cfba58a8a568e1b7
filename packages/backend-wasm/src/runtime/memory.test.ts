import { MemoryError } from '@chainrule/errors';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { controlBytes } from './control.ts';
import { Memory } from './memory.ts';

describe.each([false, true])('memory, shared: %s', (shared) => {
  test('blocks are aligned, do not overlap each other or the control block, and keep their contents when memory grows', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 100_000 }), fc.nat()), { minLength: 1, maxLength: 40 }),
        (iterations) => {
          const memory = new Memory(shared);
          const blocks: { address: number; bytes: number; mark: number }[] = [];
          iterations.forEach(([bytes, choice], i) => {
            if (choice % 3 === 0 && blocks.length > 0)
              memory.free(blocks.splice(choice % blocks.length, 1)[0]!.address);
            const address = memory.allocate(bytes);
            expect(address % 64).toBe(0);
            expect(address).toBeGreaterThanOrEqual(controlBytes);
            // The slack belongs to the block as well.
            memory.bytes(address, bytes + 64).fill(i + 1);
            blocks.push({ address, bytes, mark: i + 1 });
          });
          for (const { address, bytes, mark } of blocks)
            expect(memory.bytes(address, bytes + 64).every((x) => x === mark)).toBe(true);
          expect(memory.used).toBe(blocks.reduce((sum, { bytes }) => sum + 64 * (Math.ceil(bytes / 64) + 1), 0));
          expect(memory.peak).toBeGreaterThanOrEqual(memory.used);
          for (const { address } of blocks) memory.free(address);
          expect(memory.used).toBe(0);
          // The free memory is one range again, so this block fits without growth.
          const size = memory.memory.buffer.byteLength;
          memory.allocate(size - controlBytes - 64);
          expect(memory.memory.buffer.byteLength).toBe(size);
        },
      ),
      { numRuns: 30 },
    );
  });

  test('views show the memory', () => {
    const memory = new Memory(shared);
    const at = memory.allocate(8);
    memory.floats(at, 2).set([1, -2]);
    expect([...memory.ints(at, 2)]).toEqual([0x3f800000, 0xc0000000 | 0]);
    expect([...memory.bytes(at, 4)]).toEqual([0, 0, 0x80, 0x3f]);
  });

  test('no block lies across 2 GiB', () => {
    const memory = new Memory(shared);
    const low = memory.allocate(2 ** 31 - 2 ** 20);
    const high = memory.allocate(2 ** 20);
    expect(low).toBe(controlBytes);
    expect(high).toBe(2 ** 31);
    const between = memory.allocate(2 ** 19);
    expect(between).toBeLessThan(high);
    for (const block of [low, high, between]) memory.free(block);
    expect(memory.allocate(2 ** 31 - 3 * 64 - controlBytes)).toBe(controlBytes);
  });

  test('says how much it was asked for and how much is used where it cannot grow', () => {
    const memory = new Memory(shared);
    memory.allocate(1000);
    expect(() => memory.allocate(2 ** 32)).toThrow(MemoryError);
    expect(() => memory.allocate(2 ** 32)).toThrowErrorMatchingInlineSnapshot(
      `[MemoryError: backend-wasm: memory must have room for 4294967296 bytes more, got none from the engine beside 1088 in use and 64448 free but in pieces; use a smaller batch, or drop programs and tensors]`,
    );
    expect(memory.used).toBe(1088);
    expect(memory.allocate(1000)).toBe(controlBytes + 1088);
  });

  test('refuses to free an address that is not a block', () => {
    const memory = new Memory(shared);
    memory.free(memory.allocate(1));
    expect(() => memory.free(controlBytes)).toThrowErrorMatchingInlineSnapshot(
      `[StateError: backend-wasm: \`address\` must be that of a block in use, got 4096]`,
    );
  });
});
