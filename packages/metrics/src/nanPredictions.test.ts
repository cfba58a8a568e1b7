import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { balancedAccuracy, cohenKappa, matthewsCorrelation } from './agreement.ts';
import { auc } from './auc.ts';
import { binaryAccuracy } from './binaryAccuracy.ts';
import { categoricalAccuracy } from './categoricalAccuracy.ts';
import { confusionMatrix } from './confusionMatrix.ts';
import { measure } from './measure.ts';
import type { Metric } from './metric.ts';
import { fScore, precision, recall } from './scores.ts';
import { sparseCategoricalAccuracy } from './sparseCategoricalAccuracy.ts';
import { sparseCategoricalAccuracyOf } from './sparseCategoricalAccuracyOf.ts';
import { sparseTopKAccuracy, topKAccuracy } from './topKAccuracy.ts';

const rows = tensor([
  [NaN, NaN],
  [NaN, 1],
  [1, NaN],
  [2, 1],
]);
const labels = tensor([0, 1, 0, 0], 'int32');
const oneHot = tensor([
  [1, 0],
  [0, 1],
  [1, 0],
  [1, 0],
]);

describe('a NaN among the predictions', () => {
  test('never counts as right', () => {
    expect(measure(sparseCategoricalAccuracy(), rows, labels)).toBe(0.25);
    expect(measure(categoricalAccuracy(), rows, oneHot)).toBe(0.25);
    expect(measure(sparseTopKAccuracy({ k: 1 }), rows, labels)).toBe(0.25);
    expect(measure(topKAccuracy({ k: 1 }), rows, oneHot)).toBe(0.25);
    expect(sparseCategoricalAccuracyOf(rows, labels).toArray()).toEqual([0, 0, 0, 1]);
    expect(measure(binaryAccuracy(), tensor([NaN, NaN, -1, 1]), tensor([0, 1, 0, 1]))).toBe(0.5);
  });

  test.each<[string, () => Metric]>([
    ['confusionMatrix', () => confusionMatrix({ classes: 2 })],
    ...[balancedAccuracy, cohenKappa, matthewsCorrelation, fScore, precision, recall].map(
      (make): [string, () => Metric] => [make.name, () => make({ classes: 2 })],
    ),
  ])('makes %s of classes NaN, unless its weight is 0', (_, make) => {
    expect(measure(make(), rows, labels)).toBeNaN();
    const alone = measure(
      make(),
      tensor([
        [2, 1],
        [0, 1],
      ]),
      tensor([0, 1], 'int32'),
    );
    const both = tensor([
      [2, 1],
      [0, 1],
      [NaN, 1],
    ]);
    expect(measure(make(), both, tensor([0, 1, 0], 'int32'), tensor([1, 1, 0]))).toBe(alone);
  });

  test.each([auc, balancedAccuracy, cohenKappa, matthewsCorrelation, fScore, precision])(
    'makes a binary $name NaN, unless its weight is 0',
    (make) => {
      const [predictions, targets] = [tensor([NaN, 3, -2]), tensor([0, 1, 0])];
      expect(measure(make(), predictions, targets)).toBeNaN();
      expect(measure(make(), predictions, targets, tensor([0, 1, 1]))).toBe(1);
    },
  );
});
