import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { hinge } from './hinge.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('hinge', () => {
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
    expect(hinge(p, t).item()).toBeCloseTo(1.3, 14);
    expect(hinge(p, t, { reduction: 'sum' }).item()).toBeCloseTo(2.6, 14);
    hinge(p, t, { reduction: 'none' }).data.forEach((v, i) => expect(v).toBeCloseTo([1.1, 1.5][i]!, 14));
  });

  test('is 0 beyond the margin', () => {
    expect(hinge(double([1, -1, 7, 0.75]), double([1, -1, 1, 1]), { reduction: 'none' }).toArray()).toEqual([
      0, 0, 0, 0.25,
    ]);
  });
});
