import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { norm } from './norm.ts';

describe('norm', () => {
  const x = tensor([
    [3, -4],
    [-1, 0],
  ]);

  it('is Euclidean by default', () => {
    expect(norm(x, { axis: 1 }).toArray()).toEqual([5, 1]);
    expect(norm(tensor([1, 2, -2])).item()).toBe(3);
    expect(norm(x).item()).toBeCloseTo(Math.sqrt(26), 6);
    expect(norm(x, { axis: [0, 1], keepDims: true }).shape).toEqual([1, 1]);
    expect(norm(tensor(-5)).item()).toBe(5);
  });

  it('sums magnitudes with `ord` 1 and takes the largest with "inf"', () => {
    expect(norm(x, { ord: 1, axis: 1 }).toArray()).toEqual([7, 1]);
    expect(norm(x, { ord: 'inf', axis: 0, keepDims: true }).toArray()).toEqual([[3, 4]]);
    expect(norm(x, { ord: 1 }).item()).toBe(8);
  });

  it('neither overflows nor vanishes where the squares would', () => {
    expect(norm(tensor([3e30, -4e30])).item() / 5e30).toBeCloseTo(1, 6);
    expect(norm(tensor([3e-30, 4e-30])).item() / 5e-30).toBeCloseTo(1, 6);
    expect(norm(tensor([3e300, 4e300], undefined, 'float64')).item() / 5e300).toBeCloseTo(1, 14);
  });

  it.each([1, 2, 'inf'] as const)('keeps infinities and NaN with `ord` %s, and is 0 over nothing', (ord) => {
    expect(
      norm(
        tensor([
          [1, -Infinity],
          [1, NaN],
          [NaN, Infinity],
          [-0, 0],
        ]),
        { ord, axis: 1 },
      ).toArray(),
    ).toEqual([Infinity, NaN, NaN, 0]);
    expect(norm(zeros([2, 0]), { ord, axis: 1 }).toArray()).toEqual([0, 0]);
    expect(norm(zeros([0]), { ord, keepDims: true }).toArray()).toEqual([0]);
  });

  it('refuses other orders, dtypes and axes', () => {
    expect(() => norm(x, { ord: 3 as never })).toThrow('norm: `ord` must be 1, 2 or "inf", got 3');
    expect(() => norm(x, { axis: 2 as never })).toThrow('norm: `axis` must be an integer in [-2, 2), got 2');
    for (const ord of [1, 2, 'inf'] as const) {
      expect(() => norm(zeros([2], 'int32') as never, { ord })).toThrow(
        'norm: expects float32 or float64, got int32; convert it with `cast`',
      );
    }
  });
});
