import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { binaryFocalCrossEntropy, categoricalFocalCrossEntropy } from './focalCrossEntropy.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');

describe('binaryFocalCrossEntropy', () => {
  const [p, t] = [double([[-18.6, 0.51, 2.94, -12.8]]), double([[0, 1, 0, 0]])];

  test('agrees with the documentation of Keras, with and without class weights', () => {
    expect(binaryFocalCrossEntropy(p, t).item()).toBeCloseTo(0.691, 3);
    expect(binaryFocalCrossEntropy(p, t, { alpha: 0.25 }).item()).toBeCloseTo(0.51, 2);
  });

  test('is (1 − q)^γ · −ln q for probabilities, alpha for 1 and 1 − alpha for 0', () => {
    const each = binaryFocalCrossEntropy(double([0.6, 0.6]), double([1, 0]), {
      gamma: 3,
      alpha: 0.3,
      fromLogits: false,
      reduction: 'none',
    }).data;
    expect(each[0]).toBeCloseTo(0.3 * 0.4 ** 3 * -Math.log(0.6), 14);
    expect(each[1]).toBeCloseTo(0.7 * 0.6 ** 3 * -Math.log(0.4), 14);
  });

  test('is finite for logits of ±1000', () => {
    expect(
      binaryFocalCrossEntropy(double([1000, -1000, 1000]), double([1, 0, 0]), { reduction: 'none' }).toArray(),
    ).toEqual([0, 0, 1000]);
  });

  test('throws for a negative gamma', () => {
    expect(() => binaryFocalCrossEntropy(p, t, { gamma: NaN })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: binaryFocalCrossEntropy: \`gamma\` must be at least 0, got NaN]`,
    );
  });
});

describe('categoricalFocalCrossEntropy', () => {
  const [p, t] = [
    double([
      [0.05, 0.95, 0],
      [0.1, 0.8, 0.1],
    ]),
    double([
      [0, 1, 0],
      [0, 0, 1],
    ]),
  ];

  test('agrees with the documentation of Keras, for probabilities', () => {
    expect(categoricalFocalCrossEntropy(p, t, { fromLogits: false }).item()).toBeCloseTo(0.23315276, 6);
    const each = categoricalFocalCrossEntropy(p, t, { fromLogits: false, reduction: 'none' }).data;
    expect(each[0]).toBeCloseTo(3.2058331e-5, 10);
    expect(each[1]).toBeCloseTo(4.6627346e-1, 6);
  });

  test('is the same for logits', () => {
    const logits = double(
      [
        [0.05, 0.95],
        [0.1, 0.8],
      ].map((row) => row.map(Math.log)),
    );
    const probabilities = double([
      [0.05, 0.95],
      [1 / 9, 8 / 9],
    ]);
    const targets = double([
      [0, 1],
      [1, 0],
    ]);
    expect(categoricalFocalCrossEntropy(logits, targets, { gamma: 1.5 }).item()).toBeCloseTo(
      categoricalFocalCrossEntropy(probabilities, targets, { gamma: 1.5, fromLogits: false }).item(),
      14,
    );
  });

  test('is finite for logits of ±1000', () => {
    const each = categoricalFocalCrossEntropy(
      double([
        [1000, -1000],
        [1000, -1000],
      ]),
      double([
        [1, 0],
        [0, 1],
      ]),
      { alpha: 1, reduction: 'none' },
    ).data;
    expect([Math.abs(each[0]!), each[1]]).toEqual([0, 2000]);
  });

  test('throws for a negative gamma', () => {
    expect(() => categoricalFocalCrossEntropy(p, t, { gamma: -2 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: categoricalFocalCrossEntropy: \`gamma\` must be at least 0, got -2]`,
    );
  });
});
