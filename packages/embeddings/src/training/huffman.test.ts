import fc from 'fast-check';
import { expect, test } from 'vitest';
import { huffman } from './huffman.ts';

const falling = fc
  .array(fc.integer({ min: 1, max: 1000 }), { minLength: 2, maxLength: 40 })
  .map((counts) => counts.sort((a, b) => b - a));
const codes = (counts: readonly number[]): string[] => huffman(counts).bits.map((bits) => bits.join(''));

test('huffman codes are prefix-free', () => {
  fc.assert(
    fc.property(falling, (counts) => {
      const all = codes(counts);
      expect(all.every((code, i) => all.every((other, k) => i === k || !other.startsWith(code)))).toBe(true);
    }),
  );
});

test('huffman codes have the shortest total length', () => {
  // The total length is the sum of the merged weights if the two lightest are always merged.
  const least = (counts: readonly number[]): number => {
    const heap = [...counts];
    let sum = 0;
    while (heap.length > 1) {
      heap.sort((a, b) => a - b);
      const merged = heap.shift()! + heap.shift()!;
      sum += merged;
      heap.push(merged);
    }
    return sum;
  };
  fc.assert(
    fc.property(falling, (counts) => {
      expect(codes(counts).reduce((sum, code, i) => sum + code.length * counts[i]!, 0)).toBe(least(counts));
    }),
  );
});

test('huffman words share inner nodes as long as their codes agree', () => {
  fc.assert(
    fc.property(falling, (counts) => {
      const { paths, bits, depth } = huffman(counts);
      const nodeOf = new Map<string, number>();
      paths.forEach((path, i) =>
        path.forEach((node, k) => {
          const prefix = bits[i]!.subarray(0, k).join('');
          expect(nodeOf.get(prefix) ?? node).toBe(node);
          nodeOf.set(prefix, node);
        }),
      );
      expect([...nodeOf.values()].sort((a, b) => a - b)).toEqual([...Array(counts.length - 1).keys()]);
      expect(depth).toBe(Math.max(...paths.map((path) => path.length)));
    }),
  );
});

test('huffman gives two words one bit each', () => {
  expect(codes([7, 7]).sort()).toEqual(['0', '1']);
});
