import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/creation/creation.ts';
import { Tensor } from '../array/tensor.ts';
import { expectSame } from '../oracle/agreement.ts';
import { shapes } from '../oracle/arbitraries.ts';
import { philox4x32 } from '../random/philox.ts';
import { randomNode } from './random.ts';

const words = (...values: number[]): Tensor => new Tensor([values.length], 'int32', Int32Array.from(values));
const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

describe('random', () => {
  it.each(['int32', 'float32', 'float64'] as const)('draws %s as the oracle does', (dtype) => {
    const cases = fc.tuple(fc.tuple(word, word), fc.tuple(word, word, word), shapes());
    fc.assert(
      fc.property(cases, ([key, counter, shape]) =>
        expectSame((k, c) => randomNode(k, c, shape, dtype), [words(...key), words(...counter)]),
      ),
    );
  });

  it('numbers the words of its blocks row-major', () => {
    const bits = randomNode(words(1, 2), words(3, 4, 5), [3, 3], 'int32').data;
    expect([...bits.slice(0, 4)]).toEqual([...philox4x32([1, 2], [0, 3, 4, 5])]);
    expect([...bits.slice(4, 8)]).toEqual([...philox4x32([1, 2], [1, 3, 4, 5])]);
    expect(bits[8]).toBe(philox4x32([1, 2], [2, 3, 4, 5])[0]);
  });

  it('takes the upper 24 bits for a uniform, equal in both widths', () => {
    const [bits, single, double] = (['int32', 'float32', 'float64'] as const).map(
      (d) => randomNode(words(7, 7), words(0, 1, 0), [1000], d).data,
    );
    expect([...single!]).toEqual([...double!]);
    expect([...double!]).toEqual([...bits!].map((b) => (b >>> 8) / 2 ** 24));
  });

  it('starts with the same numbers whatever the shape', () => {
    const draw = (shape: number[]): number[] => [...randomNode(words(7, 7), words(0, 1, 0), shape, 'int32').data];
    expect(draw([2, 3])).toEqual(draw([10]).slice(0, 6));
  });

  it('takes a counter for each block', () => {
    const counters = new Tensor([2, 4], 'int32', Int32Array.of(9, 8, 7, 6, -1, 2, -3, 4));
    expectSame((k, c) => randomNode(k, c, [4, 2], 'float64'), [words(1, 2), counters]);
    expect([...randomNode(words(1, 2), counters, [8], 'int32').data]).toEqual([
      ...philox4x32([1, 2], [9, 8, 7, 6]),
      ...philox4x32([1, 2], [-1, 2, -3, 4]),
    ]);
    expect(randomNode(words(1, 2), new Tensor([0, 4], 'int32', new Int32Array(0)), [0], 'int32').shape).toEqual([0]);
    expect(() => randomNode(words(1, 2), counters, [7], 'int32')).toThrow('for 4 · blocks elements');
  });

  it('refuses other keys, counters and dtypes', () => {
    expect(() => randomNode(words(1), words(1, 2, 3), [2], 'int32')).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: draw: expects \`key\` int32 [2] and \`counter\` int32 [3], or [blocks,4] for 4 · blocks elements]`,
    );
    expect(() => randomNode(words(1, 2), words(1, 2), [2], 'int32')).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: draw: expects \`key\` int32 [2] and \`counter\` int32 [3], or [blocks,4] for 4 · blocks elements]`,
    );
    expect(() => randomNode(words(1, 2), words(1, 2, 3), [2], 'bool')).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: draw: \`dtype\` must be int32, float32 or float64, got "bool"]`,
    );
    expect(() => randomNode(words(1, 2), words(1, 2, 3), [-2], 'int32')).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: draw: \`shape\` must hold integers of at least 0, got [-2]]`,
    );
    expect(() => randomNode(tensor([1, 2]), words(1, 2, 3), [2], 'int32')).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: draw: expects \`key\` int32 [2] and \`counter\` int32 [3], or [blocks,4] for 4 · blocks elements]`,
    );
  });
});
