import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { poisson } from './poisson.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('poisson', () => {
  test('agrees with the documentation of Keras', () => {
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
    expect(poisson(p, t).item()).toBeCloseTo(0.5, 6);
    poisson(p, t, { reduction: 'none' }).data.forEach((v, i) => expect(v).toBeCloseTo([1, 0][i]!, 6));
  });

  test('is minimal if the prediction equals the count', () => {
    const at = (p: number): number => poisson(double([p]), double([3])).item();
    expect(at(3)).toBeLessThan(Math.min(at(2.99), at(3.01)));
  });

  test('is finite for a prediction of 0', () => {
    expect(poisson(double([0]), double([2])).item()).toBeCloseTo(2 * 7 * Math.LN10, 13);
  });
});
