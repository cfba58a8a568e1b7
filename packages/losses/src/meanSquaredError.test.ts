import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { meanSquaredError } from './meanSquaredError.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('meanSquaredError', () => {
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
    expect(meanSquaredError(p, t).item()).toBe(0.5);
    expect(meanSquaredError(p, t, { reduction: 'sum' }).item()).toBe(1);
    expect(meanSquaredError(p, t, { reduction: 'none' }).toArray()).toEqual([0.5, 0.5]);
  });

  test('takes the elements of vectors as samples', () => {
    expect(meanSquaredError(double([1, 3]), double([0, 0]), { reduction: 'none' }).toArray()).toEqual([1, 9]);
    expect(meanSquaredError(double([1, 3]), double([0, 0]), { sampleWeight: double([3, 1]) }).item()).toBe(3);
  });

  test('averages sequences over the last axis only', () => {
    const x = tensor(
      [
        [
          [1, 3],
          [0, 2],
        ],
      ],
      undefined,
      'float64',
    );
    expect(
      meanSquaredError(
        x,
        tensor(
          [
            [
              [0, 0],
              [0, 0],
            ],
          ],
          undefined,
          'float64',
        ),
        { reduction: 'none' },
      ).toArray(),
    ).toEqual([[5, 2]]);
  });
});
