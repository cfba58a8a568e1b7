import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { meanSquaredLogarithmicError } from './meanSquaredLogarithmicError.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('meanSquaredLogarithmicError', () => {
  test('agrees with the documentation of Keras: ln²2 / 2', () => {
    const [p, t] = [
      double([
        [1, 1],
        [1, 0],
      ]),
      double([
        [0, 1],
        [0, 0],
      ]),
    ];
    expect(meanSquaredLogarithmicError(p, t).item()).toBeCloseTo(0.24, 3);
    meanSquaredLogarithmicError(p, t, { reduction: 'none' }).data.forEach((v) =>
      expect(v).toBeCloseTo(Math.LN2 ** 2 / 2, 14),
    );
  });

  test('compares ratios: the error of 9 for 99 is that of 0 for 9', () => {
    const each = meanSquaredLogarithmicError(double([9, 0]), double([99, 9]), { reduction: 'none' }).data;
    expect(each[0]).toBeCloseTo(each[1]!, 13);
  });

  test('treats negative numbers as 0', () => {
    expect(meanSquaredLogarithmicError(double([-5, -0.5]), double([0, -1])).item()).toBe(0);
  });
});
