import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { dot } from './dot.ts';

/** As JavaScript callers see it. */
const loose = dot as unknown as (...args: readonly unknown[]) => Tensor;

describe('dot', () => {
  const m = tensor([
    [1, 2],
    [3, 4],
  ]);

  it('multiplies vectors and matrices', () => {
    expect(dot(tensor([1, 2]), tensor([3, 4])).toArray()).toBe(11);
    expect(dot(m, tensor([1, 10])).toArray()).toEqual([21, 43]);
    expect(dot(tensor([1, 10]), m).toArray()).toEqual([31, 42]);
    expect(dot(m, m).toArray()).toEqual([
      [7, 10],
      [15, 22],
    ]);
  });

  it('sums nothing to 0', () => {
    expect([
      dot(zeros([0]), zeros([0])).item(),
      dot(zeros([2, 0]), zeros([0])).toArray(),
      dot(zeros([0, 2]), m).shape,
    ]).toEqual([0, [0, 0], [0, 2]]);
  });

  it('refuses arguments that do not fit', () => {
    expect(() => loose(zeros([2]), zeros([3]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dot: the last axis of \`a\` must match the first of \`b\`, got [2] and [3]]`,
    );
    expect(() => loose(zeros([1, 2, 2]), m)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: dot: expects rank 1 or 2, got [1,2,2] and [2,2]; for batches use \`matmul\`]`,
    );
    expect(() => loose(zeros([2], 'int32'), zeros([2], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: dot: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
  });
});
