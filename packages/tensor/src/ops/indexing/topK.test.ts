import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { topK } from './topK.ts';

/** As JavaScript callers see it. */
const loose = topK as unknown as (...args: readonly unknown[]) => Tensor;

describe('topK', () => {
  const x = tensor([
    [3, 1, 4, 1],
    [5, 9, 2, 6],
  ]);

  it('gives the largest and where they are', () => {
    const { values, indices } = topK(x, { k: 2 });
    expect([values.toArray(), indices.toArray(), indices.dtype]).toEqual([
      [
        [4, 3],
        [9, 6],
      ],
      [
        [2, 0],
        [1, 3],
      ],
      'int32',
    ]);
  });

  it('gives the smallest, along any axis, the first among equals first', () => {
    const smallest = topK(x, { k: 3, largest: false });
    expect([smallest.values.toArray(), smallest.indices.toArray()]).toEqual([
      [
        [1, 1, 3],
        [2, 5, 6],
      ],
      [
        [1, 3, 0],
        [2, 0, 3],
      ],
    ]);
    expect(topK(x, { k: 1, axis: 0 }).values.toArray()).toEqual([[5, 9, 4, 6]]);
    expect(topK(x, { k: 0 }).values.shape).toEqual([2, 0]);
    expect(topK(tensor([NaN, 1]), { k: 1 }).values.toArray()).toEqual([1]);
  });

  it('refuses a `k` beyond the size of the axis', () => {
    expect(() => loose(x, { k: 5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: topK: \`k\` must be an integer of at most the size of axis 1 of [2,4], got 5]`,
    );
    expect(() => loose(x, { k: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: topK: \`k\` must be an integer of at least 0, got 1.5]`,
    );
    expect(() => loose(x, {})).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: topK: \`k\` must be an integer of at least 0, got undefined]`,
    );
    expect(() => loose(x, { k: 1, axis: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: topK: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
    expect(() => loose(zeros([]), { k: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: topK: \`axis\` must be an integer in [0, 0), got -1]`,
    );
  });
});
