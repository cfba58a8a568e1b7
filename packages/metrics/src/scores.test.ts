import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { confusionMatrix, fScore, precision, recall } from './index.ts';
import type { Metric } from './metric.ts';

const result = (metric: Metric, ...batch: [Tensor, Tensor, Tensor?]): number => {
  metric.update(...batch);
  return metric.result();
};

const wanted = [0, 1, 2, 0, 1, 2, 2, 2, 0, 1];
const given = [0, 2, 1, 0, 0, 2, 2, 1, 1, 1];
const weights = [1, 2, 0.5, 1, 3, 1, 0, 1, 4, 1];
const labels = tensor(wanted, undefined, 'int32');
/** Rows whose largest element is the prediction. */
const rows = tensor(given.map((k) => [0, 1, 2].map((c) => (c === k ? 5 : c))));

/** scikit-learn's definitions, class by class. */
function plain(w: readonly number[], beta = 1): { precision: number; recall: number; f: number }[] {
  return [0, 1, 2].map((k) => {
    let [tp, fp, fn] = [0, 0, 0];
    wanted.forEach((label, i) => {
      if (label === k && given[i] === k) tp += w[i]!;
      if (label !== k && given[i] === k) fp += w[i]!;
      if (label === k && given[i] !== k) fn += w[i]!;
    });
    const [p, r] = [tp / (tp + fp), tp / (tp + fn)];
    return { precision: p, recall: r, f: p + r === 0 ? 0 : ((1 + beta ** 2) * p * r) / (beta ** 2 * p + r) };
  });
}
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b) / values.length;

describe('precision, recall and fScore of yes-or-no predictions', () => {
  test('agree with the documentation of Keras', () => {
    const t = tensor([0, 1, 1, 1]);
    expect(result(precision({ fromLogits: false }), tensor([1, 0, 1, 1]), t)).toBeCloseTo(2 / 3, 15);
    expect(result(precision({ fromLogits: false }), tensor([1, 0, 1, 1]), t, tensor([0, 0, 1, 0]))).toBe(1);
    expect(result(recall({ fromLogits: false }), tensor([1, 0, 1, 1]), t)).toBeCloseTo(2 / 3, 15);
    expect(result(recall({ fromLogits: false }), tensor([1, 0, 1, 1]), t, tensor([0, 0, 1, 0]))).toBe(1);
  });

  test('depend on the threshold in opposite ways', () => {
    const [p, t] = [tensor([0.1, 0.4, 0.6, 0.8, 0.9]), tensor([0, 1, 0, 1, 1])];
    expect([0.2, 0.5, 0.7].map((threshold) => result(precision({ fromLogits: false, threshold }), p, t))).toEqual([
      0.75,
      2 / 3,
      1,
    ]);
    expect([0.2, 0.5, 0.7].map((threshold) => result(recall({ fromLogits: false, threshold }), p, t))).toEqual([
      1,
      2 / 3,
      2 / 3,
    ]);
    expect(result(fScore({ fromLogits: false, threshold: 0.7 }), p, t)).toBeCloseTo(0.8, 15);
  });

  test('take logits', () => {
    expect(result(precision(), tensor([-3, 0.1, 2]), tensor([0, 0, 1]))).toBe(0.5);
  });

  test('are 0 without positive predictions or without positive targets', () => {
    const [no, yes] = [tensor([0, 0]), tensor([1, 1])];
    expect([
      result(precision({ fromLogits: false }), no, yes),
      result(recall({ fromLogits: false }), yes, no),
      result(fScore({ fromLogits: false }), no, no),
    ]).toEqual([0, 0, 0]);
  });
});

describe('precision, recall and fScore of classes', () => {
  const ones = wanted.map(() => 1);

  test.each([
    ['none', undefined, ones],
    ['some', tensor(weights), weights],
  ] as [string, Tensor | undefined, number[]][])(
    'are the means of the classes’ scores, with weights: %s',
    (_, w, plainWeights) => {
      const each = plain(plainWeights);
      expect(result(precision({ classes: 3 }), rows, labels, w)).toBeCloseTo(mean(each.map((s) => s.precision)), 14);
      expect(result(recall({ classes: 3 }), rows, labels, w)).toBeCloseTo(mean(each.map((s) => s.recall)), 14);
      expect(result(fScore({ classes: 3 }), rows, labels, w)).toBeCloseTo(mean(each.map((s) => s.f)), 14);
      expect(result(fScore({ classes: 3, beta: 2 }), rows, labels, w)).toBeCloseTo(
        mean(plain(plainWeights, 2).map((s) => s.f)),
        14,
      );
    },
  );

  test('equal the accuracy with the average micro', () => {
    const accuracy = mean(wanted.map((label, i) => Number(label === given[i])));
    for (const make of [precision, recall, fScore])
      expect(result(make({ classes: 3, average: 'micro' }), rows, labels)).toBeCloseTo(accuracy, 15);
  });

  test('count classes that never occur as 0, as Keras does', () => {
    expect(
      result(
        recall({ classes: 4 }),
        tensor([
          [9, 0, 0, 0],
          [0, 9, 0, 0],
        ]),
        tensor([0, 1], undefined, 'int32'),
      ),
    ).toBe(0.5);
  });

  test('throw for labels, classes and options that do not fit', () => {
    expect(() =>
      result(
        recall({ classes: 3 }),
        rows,
        tensor(
          wanted.map(() => 3),
          undefined,
          'int32',
        ),
      ),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: recall: \`labels\` must be in [0, 3), got 3; there are 3 classes, counted from 0]`,
    );
    expect(() => result(recall({ classes: 4 }), rows, labels)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: recall: \`predictions\` must have 4 classes on the last axis, got [10,3]]`,
    );
    expect(() => recall({ classes: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: recall: \`classes\` must be an integer of at least 2, got 1]`,
    );
    expect(() => precision({ classes: 3, average: 'samples' as 'macro' })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: precision: \`average\` must be "macro", "micro" or "weighted", got "samples"]`,
    );
    expect(() => fScore({ beta: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: fScore: \`beta\` must be above 0, got 0]`,
    );
    expect(() => precision({ threshold: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: precision: \`threshold\` must be in [0, 1], got -1]`,
    );
  });
});

describe('confusionMatrix', () => {
  test('counts predictions by label', () => {
    const metric = confusionMatrix({ classes: 3 });
    metric.update(rows, labels);
    const counts = [0, 1, 2].map((r) =>
      [0, 1, 2].map((c) => wanted.filter((label, i) => label === r && given[i] === c).length),
    );
    expect(metric.matrix()).toEqual(counts);
    expect(metric.result()).toBe(0.5);
  });

  test('sums weights', () => {
    const metric = confusionMatrix({ classes: 3 });
    metric.update(rows, labels, tensor(weights));
    expect(metric.matrix()).toEqual([
      [2, 4, 0],
      [3, 1, 2],
      [0, 1.5, 1],
    ]);
  });

  test('throws for labels outside the classes unless their weight is 0', () => {
    const metric = confusionMatrix({ classes: 3 });
    const bad = tensor([...wanted.slice(0, 9), -1], undefined, 'int32');
    expect(() => metric.update(rows, bad)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: confusionMatrix: \`labels\` must be in [0, 3), got -1; there are 3 classes, counted from 0]`,
    );
    metric.update(rows, bad, tensor([...wanted.slice(0, 9).map(() => 1), 0]));
    expect(
      metric
        .matrix()
        .flat()
        .reduce((a, b) => a + b),
    ).toBe(9);
    expect(() => confusionMatrix({ classes: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: confusionMatrix: \`classes\` must be an integer of at least 2, got 1.5]`,
    );
  });
});
