import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../ops/creation/creation.ts';
import { expectAgreement } from '../oracle/agreement.ts';
import { broadcastable, tensors } from '../oracle/arbitraries.ts';
import { matmulNode } from './matmul.ts';

const sizes = fc.integer({ min: 0, max: 9 });

describe('matmul', () => {
  it('multiplies batches that broadcast, either side transposed, as the oracle does', () => {
    const cases = fc
      .record({
        batch: broadcastable(2, 2),
        m: sizes,
        k: sizes,
        n: sizes,
        transposeA: fc.boolean(),
        transposeB: fc.boolean(),
      })
      .chain(({ batch, m, k, n, transposeA, transposeB }) =>
        fc.tuple(
          tensors([...batch[0]!, ...(transposeA ? [k, m] : [m, k])]),
          tensors([...batch[1]!, ...(transposeB ? [n, k] : [k, n])]),
          fc.constant({ transposeA, transposeB }),
        ),
      );
    fc.assert(
      fc.property(cases, ([a, b, options]) =>
        expectAgreement((x, y) => matmulNode(x, y, options), [a, b], {
          terms: Math.max(a.shape.at(-1)!, a.shape.at(-2)!),
          magnitude: true,
        }),
      ),
    );
  });

  it('agrees on long sums and sizes that fill no block', () => {
    const cases = fc.tuple(tensors([5, 300]), tensors([300, 7]));
    fc.assert(
      fc.property(cases, ([a, b]) =>
        expectAgreement((x, y) => matmulNode(x, y), [a, b], { terms: 300, magnitude: true }),
      ),
      { numRuns: 5 },
    );
  });

  it('rounds a float32 sum once', () => {
    expect(matmulNode(tensor([[16777216, 1, 1, -16777216]]), tensor([[1], [1], [1], [1]])).item()).toBe(2);
  });

  it('lets NaN and Infinity affect only the elements that they contribute to', () => {
    const a = tensor([
      [1, NaN],
      [2, 3],
      [0, Infinity],
      [1, 1],
      [1, 2],
    ]);
    const b = tensor([
      [1, 2, 3],
      [0, 1, -Infinity],
    ]);
    expectAgreement((x, y) => matmulNode(x, y), [a, b]);
    expect(matmulNode(a, b).toArray()).toEqual([
      [NaN, NaN, NaN],
      [2, 7, -Infinity],
      [NaN, Infinity, -Infinity],
      [1, 3, -Infinity],
      [1, 4, -Infinity],
    ]);
  });

  it('of an inner size 0 is zero', () => {
    expect(matmulNode(zeros([2, 0]), zeros([0, 3])).toArray()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
  });

  it('refuses arguments that do not fit', () => {
    expect(() => matmulNode(zeros([2, 3]), zeros([5, 4]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: columns of [2,3] must match rows of [5,4]]`,
    );
    expect(() => matmulNode(zeros([2, 3]), zeros([3, 4]), { transposeA: true })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: columns of [2,3] (transposed) must match rows of [3,4]]`,
    );
    expect(() => matmulNode(zeros([3]), zeros([3, 4]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: expects rank 2 or more, got [3]]`,
    );
    expect(() => matmulNode(zeros([2, 2, 3]), zeros([3, 3, 4]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: cannot broadcast [2] with [3]]`,
    );
    expect(() => matmulNode(zeros([2, 3], 'int32'), zeros([3, 4], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    expect(() => matmulNode(zeros([2, 3]), zeros([3, 4], 'float64'))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: node: expects one dtype, got float32 and float64; convert one with \`cast\`]`,
    );
  });
});
