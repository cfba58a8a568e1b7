import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { variance } from './variance.ts';

describe('variance', () => {
  // By hand: means 3 and 5, squares 4 + 1 + 9 and 1 + 0 + 1.
  const x = tensor([
    [1, 2, 6],
    [4, 5, 6],
  ]);

  it('divides by the number of elements, less the correction', () => {
    expect(variance(x, { axis: 1, correction: 1 }).toArray()).toEqual([7, 1]);
    expect(variance(tensor([1, 2, 6, 7])).item()).toBe(6.5);
    expect(variance(tensor([1, 2, 6, 7]), { correction: 2 }).item()).toBe(13);
    expect(variance(tensor([1, 2, 6, 7]), { correction: 0.75 }).item()).toBe(8);
  });

  it('reduces one axis, several, or all, and keeps them where asked', () => {
    expect(variance(x, { axis: 0 }).toArray()).toEqual([2.25, 2.25, 0]);
    expect(variance(x, { axis: -1, keepDims: true }).shape).toEqual([2, 1]);
    expect(variance(x, { axis: [0, 1], keepDims: true }).shape).toEqual([1, 1]);
    expect(variance(x).item()).toBeCloseTo(11 / 3, 6);
    expect(variance(tensor(5)).item()).toBe(0);
  });

  it('loses no digits to a large mean', () => {
    expect(variance(tensor([1e4 + 1, 1e4 + 2, 1e4 + 3, 1e4 + 4])).item()).toBe(1.25);
    expect(variance(tensor([1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4], undefined, 'float64')).item()).toBe(1.25);
  });

  it('is NaN over nothing and for infinities, and not finite without a degree of freedom', () => {
    expect(variance(zeros([2, 0]), { axis: 1 }).toArray()).toEqual([NaN, NaN]);
    expect(variance(tensor([1, Infinity])).item()).toBe(NaN);
    expect(variance(tensor([1, NaN])).item()).toBe(NaN);
    expect(variance(tensor([3]), { correction: 1 }).item()).toBe(NaN);
    expect(variance(tensor([1, 3]), { correction: 3 }).item()).toBe(Infinity);
  });

  it('refuses axes, dtypes and corrections that make no sense', () => {
    expect(() => variance(x, { axis: 2 as never })).toThrow('variance: `axis` must be an integer in [-2, 2), got 2');
    expect(() => variance(x, { correction: NaN })).toThrow('variance: `correction` must be a finite number, got NaN');
    expect(() => variance(zeros([2], 'int32') as never)).toThrow(
      'variance: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
