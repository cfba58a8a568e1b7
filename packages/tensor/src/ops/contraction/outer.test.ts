import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { outer } from './outer.ts';

/** As JavaScript callers see it. */
const loose = outer as unknown as (...args: readonly unknown[]) => Tensor;

describe('outer', () => {
  it('multiplies all with all', () => {
    expect(outer(tensor([1, 2]), tensor([3, 4, 5])).toArray()).toEqual([
      [3, 4, 5],
      [6, 8, 10],
    ]);
    expect(outer(tensor([2, 3], undefined, 'int32'), tensor([5], undefined, 'int32')).toArray()).toEqual([[10], [15]]);
    expect([outer(zeros([0]), zeros([2])).shape, outer(zeros([2]), zeros([0])).shape]).toEqual([
      [0, 2],
      [2, 0],
    ]);
  });

  it('refuses matrices and mixed dtypes', () => {
    expect(() => loose(zeros([2, 2]), zeros([2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: outer: expects rank 1, got [2,2] and [2]]`,
    );
    expect(() => loose(zeros([2]), zeros([2], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: outer: expects one dtype, got float32 and int32; convert one with \`cast\`]`,
    );
  });
});
