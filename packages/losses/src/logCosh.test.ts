import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { logCosh } from './logCosh.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('logCosh', () => {
  test('agrees with the documentation of Keras: ln cosh 1 / 2 for one of two', () => {
    const [p, t] = [
      double([
        [1, 1],
        [0, 0],
      ]),
      double([
        [0, 1],
        [0, 0],
      ]),
    ];
    expect(logCosh(p, t).item()).toBeCloseTo(0.108, 3);
    const [first, second] = logCosh(p, t, { reduction: 'none' }).data;
    expect(first).toBeCloseTo(Math.log(Math.cosh(1)) / 2, 14);
    expect(second).toBe(0);
  });

  test('is |d| − ln 2 for large d, for which cosh overflows', () => {
    expect(logCosh(double([1e5, -1e5]), double([0, 0]), { reduction: 'none' }).toArray()).toEqual([
      1e5 - Math.LN2,
      1e5 - Math.LN2,
    ]);
    expect(logCosh(tensor([[3e38]]), tensor([[0]])).item()).toBe(Math.fround(3e38));
  });

  test('is even, and about d²/2 near 0', () => {
    const [a, b] = logCosh(double([0.01, -0.01]), double([0, 0]), { reduction: 'none' }).data;
    expect(a).toBe(b);
    expect(a).toBeCloseTo(0.01 ** 2 / 2 - 0.01 ** 4 / 12, 12);
  });
});
