import { arange, reshape, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { slidingWindows } from './slidingWindows.ts';

describe('slidingWindows', () => {
  test('returns every window and the step after it, for steps of any shape', () => {
    const { x, y } = slidingWindows(reshape(arange(10), [5, 2]), { size: 2 });
    expect(x.toArray()).toEqual([
      [
        [0, 1],
        [2, 3],
      ],
      [
        [2, 3],
        [4, 5],
      ],
      [
        [4, 5],
        [6, 7],
      ],
    ]);
    expect(y.toArray()).toEqual([
      [4, 5],
      [6, 7],
      [8, 9],
    ]);
  });

  test('returns targets with a time axis if `horizon` is set, even to 1', () => {
    const series = tensor([1, 2, 3, 4, 5, 6], [6], 'int32');
    const { x, y } = slidingWindows(series, { size: 2, horizon: 3 });
    expect([x.toArray(), y.toArray(), y.dtype]).toEqual([
      [
        [1, 2],
        [2, 3],
      ],
      [
        [3, 4, 5],
        [4, 5, 6],
      ],
      'int32',
    ]);
    expect(slidingWindows(series, { size: 5, horizon: 1 }).y.shape).toEqual([1, 1]);
  });

  test('starts a window every `stride` steps, as long as its target fits', () => {
    const { x, y } = slidingWindows(arange(9), { size: 2, stride: 3 });
    expect([x.toArray(), y.toArray()]).toEqual([
      [
        [0, 1],
        [3, 4],
        [6, 7],
      ],
      [2, 5, 8],
    ]);
    expect(slidingWindows(arange(8), { size: 2, stride: 3 }).x.shape).toEqual([2, 2]);
  });

  test('copies the values, so that a window does not change with the series', () => {
    const values = Float32Array.of(1, 2, 3);
    const series = tensor(values);
    const { x } = slidingWindows(series, { size: 2 });
    expect(x['~values'].buffer).not.toBe(series['~values'].buffer);
  });

  test('has types with shapes', () => {
    expectTypeOf(slidingWindows(zeros([9, 3]), { size: 2 })).toEqualTypeOf<{
      readonly x: Tensor<[number, number, 3], 'float32'>;
      readonly y: Tensor<[number, 3], 'float32'>;
    }>();
    expectTypeOf(slidingWindows(zeros([9, 3]), { size: 2, horizon: 4 }).y).toEqualTypeOf<
      Tensor<[number, number, 3], 'float32'>
    >();
  });

  test('throws for a series that is too short, and for invalid numbers of steps', () => {
    expect(() => slidingWindows(zeros([12, 1]), { size: 10, horizon: 3 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: slidingWindows: \`series\` must have at least 13 steps, a window of 10 and 3 after it, got shape [12,1]]`,
    );
    expect(() => slidingWindows(zeros([]), { size: 1 })).toThrow('got shape []');
    expect(() => slidingWindows(zeros([9]), { size: 0 })).toThrow('`size` must be a positive integer, got 0');
    expect(() => slidingWindows(zeros([9]), { size: 1, horizon: 1.5 })).toThrow(
      '`horizon` must be a positive integer, got 1.5',
    );
    expect(() => slidingWindows(zeros([9]), { size: 1, stride: NaN })).toThrow(
      '`stride` must be a positive integer, got NaN',
    );
    expect(() => slidingWindows(zeros([100_000]), { size: 50_000 })).toThrow(
      'slidingWindows: `stride` must leave at most 2147483647 values',
    );
  });
});
