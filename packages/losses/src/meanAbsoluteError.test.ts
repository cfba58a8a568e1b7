import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { meanAbsoluteError } from './meanAbsoluteError.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('meanAbsoluteError', () => {
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

  test('agrees with the documentation of Keras', () => {
    expect(meanAbsoluteError(p, t).item()).toBe(0.5);
    expect(meanAbsoluteError(p, t, { reduction: 'sum' }).item()).toBe(1);
    expect(meanAbsoluteError(p, t, { reduction: 'none' }).toArray()).toEqual([0.5, 0.5]);
  });

  test('is finite up to the largest float32', () => {
    expect(meanAbsoluteError(tensor([[3e38]]), tensor([[0]])).item()).toBe(Math.fround(3e38));
  });
});
