import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { globalMaxPool } from './globalMaxPool.ts';

/** As JavaScript callers see it. */
const loose = globalMaxPool as unknown as (...args: readonly unknown[]) => Tensor;

describe('globalMaxPool', () => {
  it('leaves batch and channels', () => {
    expect(globalMaxPool(tensor([1, 10, 2, 20, 3, 30, 4, 40], [1, 2, 2, 2])).toArray()).toEqual([[4, 40]]);
    expect(globalMaxPool(tensor([1, 2, 6, 12], [1, 2, 2])).toArray()).toEqual([[6, 12]]);
    expect(globalMaxPool(zeros([2, 3, 4, 5, 6])).shape).toEqual([2, 6]);
    expect(globalMaxPool(zeros([0, 3, 4])).shape).toEqual([0, 4]);
  });

  it('keeps the spatial axes where asked', () => {
    expect(globalMaxPool(zeros([2, 3, 4, 5]), { keepDims: true }).shape).toEqual([2, 1, 1, 5]);
  });

  it('refuses tensors without a spatial axis', () => {
    expect(() => loose(zeros([2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: globalMaxPool: \`x\` expects rank 3 or more [batch,...spatial,channels], got [2,3]]`,
    );
  });
});
