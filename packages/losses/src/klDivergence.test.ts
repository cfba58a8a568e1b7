import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { klDivergence } from './klDivergence.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('klDivergence', () => {
  test('agrees with the documentation of Keras, except for its 3·10⁻⁶ for target 0', () => {
    const [p, t] = [
      double([
        [0.6, 0.4],
        [0.4, 0.6],
      ]),
      double([
        [0, 1],
        [0, 0],
      ]),
    ];
    expect(klDivergence(p, t).item()).toBeCloseTo(0.458, 3);
    const [first, second] = klDivergence(p, t, { reduction: 'none' }).data;
    expect(first).toBeCloseTo(-Math.log(0.4), 14);
    expect(second).toBe(0);
  });

  test('is 0 only for equal distributions', () => {
    const t = double([[0.2, 0.3, 0.5]]);
    expect(klDivergence(t, t).item()).toBe(0);
    expect(klDivergence(double([[0.3, 0.3, 0.4]]), t).item()).toBeGreaterThan(0);
  });

  test('is finite even if the correct class has probability 0', () => {
    expect(klDivergence(double([[0, 1]]), double([[1, 0]])).item()).toBeCloseTo(7 * Math.LN10, 13);
  });
});
