import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { sort } from './sort.ts';

/** As JavaScript callers see it. */
const loose = sort as unknown as (...args: readonly unknown[]) => Tensor;

describe('sort', () => {
  it('orders an axis either way', () => {
    const x = tensor([
      [3, 1, 2],
      [0, 5, -1],
    ]);
    expect(sort(x).toArray()).toEqual([
      [1, 2, 3],
      [-1, 0, 5],
    ]);
    expect(sort(x, { axis: 0 }).toArray()).toEqual([
      [0, 1, -1],
      [3, 5, 2],
    ]);
    expect(sort(x, { descending: true }).toArray()).toEqual([
      [3, 2, 1],
      [5, 0, -1],
    ]);
    expect(sort(tensor([5, -3], undefined, 'int32')).toArray()).toEqual([-3, 5]);
  });

  it('puts NaN last either way, and takes nothing at all', () => {
    expect(sort(tensor([NaN, 1, -Infinity])).toArray()).toEqual([-Infinity, 1, NaN]);
    expect(sort(tensor([NaN, 1, Infinity]), { descending: true }).toArray()).toEqual([Infinity, 1, NaN]);
    expect([sort(zeros([0])).shape, sort(zeros([2, 0])).shape]).toEqual([[0], [2, 0]]);
  });

  it('refuses an axis that is missing', () => {
    expect(() => loose(zeros([]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sort: \`axis\` must be an integer in [0, 0), got -1]`,
    );
  });
});
