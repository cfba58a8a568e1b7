import { OptionError } from '@chainrule/errors';
import { softmax, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { sparseCategoricalCrossEntropy as loss } from './sparseCategoricalCrossEntropy.ts';

const double = (values: number[] | number[][]): Tensor => tensor(values as number[], undefined, 'float64');
const labels = (...values: number[]): Tensor => tensor(values, undefined, 'int32');

const logits = [
  [1, 2, 3],
  [-1, 0.5, 4],
];
/** ln Σ eˣ − x[label] */
const closed = logits.map((row, i) => Math.log(row.reduce((s, x) => s + Math.exp(x), 0)) - row[[0, 2][i]!]!);

describe('sparseCategoricalCrossEntropy', () => {
  test('is ln Σ eˣ − x[label] for logits, averaged', () => {
    expect(loss(double(logits), labels(0, 2)).item()).toBeCloseTo((closed[0]! + closed[1]!) / 2, 14);
    expect(loss(double(logits), labels(0, 2)).shape).toEqual([]);
  });

  test('is −ln p[label] for probabilities, the same as for their logits', () => {
    expect(
      loss(
        double([
          [0.25, 0.75],
          [0.5, 0.5],
        ]),
        labels(1, 0),
        { fromLogits: false },
      ).item(),
    ).toBeCloseTo((Math.log(4 / 3) + Math.log(2)) / 2, 14);
    expect(loss(softmax(double(logits)), labels(0, 2), { fromLogits: false }).item()).toBeCloseTo(
      loss(double(logits), labels(0, 2)).item(),
      13,
    );
  });

  test('is ln 10 for ten equal logits', () => {
    expect(loss(zeros([4, 10], 'float64'), labels(0, 3, 5, 9)).item()).toBeCloseTo(Math.LN10, 14);
  });

  test('does not change if a number is added to all logits', () => {
    expect(loss(double(logits.map((row) => row.map((x) => x + 500))), labels(0, 2)).item()).toBeCloseTo(
      (closed[0]! + closed[1]!) / 2,
      12,
    );
  });

  test('gives the sum, or each loss, on request', () => {
    expect(loss(double(logits), labels(0, 2), { reduction: 'sum' }).item()).toBeCloseTo(closed[0]! + closed[1]!, 13);
    const each = loss(double(logits), labels(0, 2), { reduction: 'none' });
    each.data.forEach((v, i) => expect(v).toBeCloseTo(closed[i]!, 14));
    expect(each.shape).toEqual([2]);
  });

  test('weighs samples: Σ w·loss / Σ w, Σ w·loss, w·loss', () => {
    const sampleWeight = double([3, 1]);
    const sum = 3 * closed[0]! + closed[1]!;
    expect(loss(double(logits), labels(0, 2), { sampleWeight }).item()).toBeCloseTo(sum / 4, 13);
    expect(loss(double(logits), labels(0, 2), { sampleWeight, reduction: 'sum' }).item()).toBeCloseTo(sum, 13);
    expect(loss(double(logits), labels(0, 2), { sampleWeight, reduction: 'none' }).data[0]).toBeCloseTo(
      3 * closed[0]!,
      13,
    );
  });

  test('ignores positions of weight 0, whatever their values', () => {
    expect(
      loss(
        double([
          [1, 2, 3],
          [9, -9, 0],
        ]),
        labels(0, 1),
        { sampleWeight: double([1, 0]) },
      ).item(),
    ).toBeCloseTo(closed[0]!, 14);
  });

  test('weights classes and ignores the label ignoreIndex, as PyTorch does', () => {
    const classWeights = double([2, 1, 0.5]);
    expect(loss(double(logits), labels(0, 2), { classWeights }).item()).toBeCloseTo(
      (2 * closed[0]! + 0.5 * closed[1]!) / 2.5,
      13,
    );
    expect(loss(double([...logits, [7, 7, 7]]), labels(0, 2, -100), { ignoreIndex: -100 }).item()).toBeCloseTo(
      (closed[0]! + closed[1]!) / 2,
      13,
    );
  });

  test('takes sequences of predictions', () => {
    const x = tensor([logits, logits], undefined, 'float64');
    const y = tensor(
      [
        [0, 2],
        [0, 2],
      ],
      undefined,
      'int32',
    );
    expect(loss(x, y).item()).toBeCloseTo((closed[0]! + closed[1]!) / 2, 14);
    expect(loss(x, y, { reduction: 'none' }).shape).toEqual([2, 2]);
  });

  test('weighs the steps of sequences by samples, by steps, and by classes', () => {
    const x = tensor([logits, logits], undefined, 'float64');
    const y = tensor(
      [
        [0, 2],
        [0, -1],
      ],
      undefined,
      'int32',
    );
    const [a, b] = closed as [number, number];
    const weighed = (sampleWeight: Tensor, options = {}): number =>
      loss(x, y, { ignoreIndex: -1, sampleWeight, ...options }).item();
    expect(weighed(double([3, 1]))).toBeCloseTo((3 * a + 3 * b + a) / 7, 13);
    expect(
      weighed(
        double([
          [0, 2],
          [1, 5],
        ]),
      ),
    ).toBeCloseTo((2 * b + a) / 3, 13);
    expect(
      weighed(
        tensor(
          [
            [0, 1],
            [1, 1],
          ],
          undefined,
          'bool',
        ),
      ),
    ).toBeCloseTo((b + a) / 2, 13);
    expect(weighed(double([3, 1]), { classWeights: double([2, 1, 0.5]) })).toBeCloseTo(
      (6 * a + 1.5 * b + 2 * a) / 9.5,
      13,
    );
  });

  test('is exact for logits of ±1000, even in float32', () => {
    const extreme = tensor([
      [1000, -1000],
      [1000, -1000],
    ]);
    const [right, wrong] = loss(extreme, labels(0, 1), { reduction: 'none' }).data;
    expect([Math.abs(right!), wrong]).toEqual([0, 2000]);
  });

  test.each([[-1], [3], [-3]])('throws for label %i of three classes', (label) => {
    expect(() => loss(zeros([1, 3]), labels(label))).toThrow(
      `sparseCategoricalCrossEntropy: \`labels\` must be in [0, 3), got ${label}`,
    );
  });

  test('throws for wrong arguments', () => {
    expect(() => loss(zeros([2, 3]), tensor([0, 1]))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: sparseCategoricalCrossEntropy: \`labels\` must be int32, got float32; convert them with \`cast\`]`,
    );
    expect(() => loss(zeros([2, 3]), labels(0, 1, 1))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sparseCategoricalCrossEntropy: \`labels\` must have shape [2] to match \`predictions\` [2,3], got [3]]`,
    );
    expect(() => loss(zeros([2, 3]), tensor([[0], [1]], undefined, 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sparseCategoricalCrossEntropy: \`labels\` must have shape [2] to match \`predictions\` [2,3], got [2,1]]`,
    );
    expect(() => loss(zeros([2, 3], 'int32'), labels(0, 1))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: sparseCategoricalCrossEntropy: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    expect(() =>
      loss(zeros([2, 3]), labels(0, 1), { sampleWeight: tensor([1, 1, 1]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sparseCategoricalCrossEntropy: \`sampleWeight\` must have one weight for each sample or position of [2], got [3]]`,
    );
    expect(() =>
      loss(zeros([2, 3]), labels(0, 1), { classWeights: tensor([1, 1]) }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sparseCategoricalCrossEntropy: \`classWeights\` must have shape [3], got [2]]`,
    );
    expect(() => loss(zeros([2, 3]), labels(0, 1), { reduction: 'median' as 'mean' })).toThrow(OptionError);
    expect(() =>
      loss(zeros([2, 3]), labels(0, 1), { reduction: 'median' as 'mean' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: sparseCategoricalCrossEntropy: \`reduction\` must be "mean", "sum" or "none", got "median"]`,
    );
  });
});
