import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { std } from './std.ts';

describe('std', () => {
  // By hand: means 3 and 6, squares 4 · 4 and 1 + 1 + 1 + 1 + 4 · 0.
  const x = tensor([
    [1, 1, 5, 5],
    [5, 7, 5, 7],
  ]);

  it('is the root of the variance', () => {
    expect(std(x, { axis: 1 }).toArray()).toEqual([2, 1]);
    expect(std(tensor([1, 2, 6]), { correction: 1 }).item()).toBeCloseTo(Math.sqrt(7), 6);
    expect(std(x, { axis: 0 }).toArray()).toEqual([2, 3, 0, 1]);
    expect(std(x, { axis: -1, keepDims: true }).toArray()).toEqual([[2], [1]]);
    expect(std(tensor([7, 7, 7])).item()).toBe(0);
  });

  it('is NaN over nothing and where an element is NaN or infinite', () => {
    expect(std(zeros([0])).item()).toBe(NaN);
    expect(std(tensor([1, NaN])).item()).toBe(NaN);
    expect(std(tensor([1, -Infinity])).item()).toBe(NaN);
  });

  it('refuses axes, dtypes and corrections that make no sense', () => {
    expect(() => std(x, { axis: -3 as never })).toThrow('std: `axis` must be an integer in [-2, 2), got -3');
    expect(() => std(x, { correction: Infinity })).toThrow('std: `correction` must be a finite number, got Infinity');
    expect(() => std(zeros([2], 'int32') as never)).toThrow(
      'std: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
