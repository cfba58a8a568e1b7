import { tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import * as losses from './index.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');
const ln = Math.log;

type Pair = (predictions: Tensor, targets: Tensor, options?: losses.LossOptions) => Tensor;

/** Two samples of two predictions, their targets, and the losses by the formula. */
const cases: readonly (readonly [string, Pair, number[][], number[][], readonly [number, number]])[] = [
  [
    'meanSquaredError',
    losses.meanSquaredError,
    [
      [1, 2],
      [0, 3],
    ],
    [
      [0, 4],
      [0, 0],
    ],
    [2.5, 4.5],
  ],
  [
    'meanAbsoluteError',
    losses.meanAbsoluteError,
    [
      [1, 2],
      [0, 3],
    ],
    [
      [0, 4],
      [0, 0],
    ],
    [1.5, 1.5],
  ],
  [
    'meanSquaredLogarithmicError',
    losses.meanSquaredLogarithmicError,
    [
      [1, 3],
      [0, -5],
    ],
    [
      [0, 1],
      [0, -1],
    ],
    [ln(2) ** 2, 0],
  ],
  [
    'huber',
    losses.huber,
    [
      [0.5, 3],
      [-2, 1],
    ],
    [
      [0, 0],
      [0, 0],
    ],
    [(0.125 + 2.5) / 2, (1.5 + 0.5) / 2],
  ],
  [
    'logCosh',
    losses.logCosh,
    [
      [1, 0],
      [-800, 0],
    ],
    [
      [0, 0],
      [0, 0],
    ],
    [ln(Math.cosh(1)) / 2, (800 - ln(2)) / 2],
  ],
  [
    'hinge',
    losses.hinge,
    [
      [0.5, -2],
      [3, 0],
    ],
    [
      [1, 1],
      [1, -1],
    ],
    [(0.5 + 3) / 2, 0.5],
  ],
  [
    'squaredHinge',
    losses.squaredHinge,
    [
      [0.5, -2],
      [3, 0],
    ],
    [
      [1, 1],
      [1, -1],
    ],
    [(0.25 + 9) / 2, 0.5],
  ],
  [
    'poisson',
    losses.poisson,
    [
      [1, 2],
      [3, 4],
    ],
    [
      [0, 0],
      [1, 0],
    ],
    [1.5, (7 - ln(3 + 1e-7)) / 2],
  ],
  [
    'klDivergence',
    losses.klDivergence,
    [
      [0.5, 0.5],
      [0.25, 0.75],
    ],
    [
      [0.25, 0.75],
      [0, 1],
    ],
    [0.25 * ln(0.5) + 0.75 * ln(1.5), -ln(0.75)],
  ],
  [
    'cosineSimilarity',
    losses.cosineSimilarity,
    [
      [3, 4],
      [0, 0],
    ],
    [
      [4, 3],
      [1, 1],
    ],
    [-24 / 25, 0],
  ],
  [
    'binaryCrossEntropy',
    losses.binaryCrossEntropy,
    [
      [0, 0],
      [1000, -1000],
    ],
    [
      [0, 1],
      [1, 1],
    ],
    [ln(2), 500],
  ],
  [
    'categoricalCrossEntropy',
    losses.categoricalCrossEntropy,
    [
      [0, ln(3)],
      [1000, -1000],
    ],
    [
      [1, 0],
      [0.5, 0.5],
    ],
    [ln(4), 1000],
  ],
  [
    'binaryFocalCrossEntropy',
    losses.binaryFocalCrossEntropy,
    [
      [0, 0],
      [-ln(3), 0],
    ],
    [
      [0, 1],
      [1, 1],
    ],
    [ln(2) / 4, ((9 / 16) * ln(4) + ln(2) / 4) / 2],
  ],
  [
    'categoricalFocalCrossEntropy',
    losses.categoricalFocalCrossEntropy,
    [
      [0, ln(3)],
      [0, 0],
    ],
    [
      [1, 0],
      [0, 1],
    ],
    [(0.25 * 9 * ln(4)) / 16, (0.25 * ln(2)) / 4],
  ],
];

describe.each(cases)('%s', (name, loss, predictions, targets, [first, second]) => {
  const [p, t] = [double(predictions), double(targets)];

  test('equals the formula for each sample', () => {
    const each = loss(p, t, { reduction: 'none' });
    expect(each.shape).toEqual([2]);
    expect(each.data[0]).toBeCloseTo(first, 13);
    expect(each.data[1]).toBeCloseTo(second, 12);
  });

  test('averages samples, weighted if weights are given', () => {
    expect(loss(p, t).item()).toBeCloseTo((first + second) / 2, 12);
    expect(loss(p, t, { reduction: 'sum' }).item()).toBeCloseTo(first + second, 12);
    expect(loss(p, t, { sampleWeight: double([3, 1]) }).item()).toBeCloseTo((3 * first + second) / 4, 12);
  });

  test('throws for targets of another shape or dtype, and the error names the loss', () => {
    expect(() => loss(p, double([[1, 0]]))).toThrow(
      `${name}: \`targets\` must have the predictions' shape [2,2], got [1,2]`,
    );
    expect(() => loss(p, zeros([2, 2]))).toThrow(
      `${name}: \`targets\` must be float64 as the predictions are, got float32`,
    );
    expect(() => loss(zeros([2, 2], 'int32'), zeros([2, 2], 'int32'))).toThrow(
      `${name}: \`predictions\` must be float32 or float64, got int32`,
    );
    expect(() => loss(p, t, { sampleWeight: double([1]) })).toThrow(
      `${name}: \`sampleWeight\` must have one weight for each sample or position of [2], got [1]`,
    );
  });
});

describe('options of losses', () => {
  test('cross-entropies accept probabilities, even 0 for wrong classes', () => {
    const options = { fromLogits: false };
    expect(losses.binaryCrossEntropy(double([[0.25, 1]]), double([[1, 1]]), options).item()).toBeCloseTo(ln(4) / 2, 14);
    expect(losses.categoricalCrossEntropy(double([[0.25, 0.75, 0]]), double([[1, 0, 0]]), options).item()).toBeCloseTo(
      ln(4),
      14,
    );
  });

  test('labelSmoothing mixes targets with the uniform distribution', () => {
    // 0.9·1 + 0.05 and 0.9·0 + 0.05.
    const [p, q] = [1 / (1 + Math.exp(-2)), 1 / (1 + Math.exp(2))];
    const expected = -(0.95 * ln(p) + 0.05 * ln(q));
    expect(losses.binaryCrossEntropy(double([[2]]), double([[1]]), { labelSmoothing: 0.1 }).item()).toBeCloseTo(
      expected,
      13,
    );
    expect(
      losses.categoricalCrossEntropy(double([[2, 0]]), double([[1, 0]]), { labelSmoothing: 0.1 }).item(),
    ).toBeCloseTo(expected, 13);
    expect(() =>
      losses.binaryCrossEntropy(double([[2]]), double([[1]]), { labelSmoothing: 2 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: binaryCrossEntropy: \`labelSmoothing\` must be in [0, 1], got 2]`,
    );
  });

  test('huber turns at delta', () => {
    expect(losses.huber(double([[3]]), double([[0]]), { delta: 2 }).item()).toBe(4);
    expect(() => losses.huber(double([[3]]), double([[0]]), { delta: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: huber: \`delta\` must be above 0, got 0]`,
    );
  });

  test('focal losses with gamma 0 are cross-entropies', () => {
    const [x, y] = [double([[0.3, -1]]), double([[1, 0]])];
    expect(losses.binaryFocalCrossEntropy(x, y, { gamma: 0 }).item()).toBeCloseTo(
      losses.binaryCrossEntropy(x, y).item(),
      14,
    );
    expect(losses.categoricalFocalCrossEntropy(x, y, { gamma: 0, alpha: 1 }).item()).toBeCloseTo(
      losses.categoricalCrossEntropy(x, y).item(),
      14,
    );
    expect(() => losses.binaryFocalCrossEntropy(x, y, { gamma: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: binaryFocalCrossEntropy: \`gamma\` must be at least 0, got -1]`,
    );
  });

  test('triplet is max(0, ‖a − p‖² − ‖a − n‖² + margin)', () => {
    const [a, p, n] = [
      double([
        [0, 0],
        [0, 0],
      ]),
      double([
        [1, 1],
        [1, 0],
      ]),
      double([
        [0, 1],
        [3, 4],
      ]),
    ];
    expect(losses.triplet(a, p, n, { reduction: 'none' }).toArray()).toEqual([2, 0]);
    expect(losses.triplet(a, p, n, { reduction: 'none', margin: 25 }).toArray()).toEqual([26, 1]);
  });
});
