import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { squaredHinge } from './squaredHinge.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('squaredHinge', () => {
  test('agrees with the documentation of Keras, for targets −1 and 1', () => {
    const [p, t] = [
      double([
        [0.6, 0.4],
        [0.4, 0.6],
      ]),
      double([
        [-1, 1],
        [-1, -1],
      ]),
    ];
    expect(squaredHinge(p, t).item()).toBeCloseTo(1.86, 14);
    expect(squaredHinge(p, t, { reduction: 'sum' }).item()).toBeCloseTo(3.72, 14);
    squaredHinge(p, t, { reduction: 'none' }).data.forEach((v, i) => expect(v).toBeCloseTo([1.46, 2.26][i]!, 14));
  });

  test('is 0 beyond the margin', () => {
    expect(squaredHinge(double([1, -1, 7, 0.5]), double([1, -1, 1, 1]), { reduction: 'none' }).toArray()).toEqual([
      0, 0, 0, 0.25,
    ]);
  });
});
