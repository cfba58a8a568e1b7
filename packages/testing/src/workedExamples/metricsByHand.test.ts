// Scores of small confusion matrices, in fractions.
import {
  balancedAccuracy,
  binaryAccuracy,
  classificationReport,
  cohenKappa,
  confusionMatrix,
  fScore,
  matthewsCorrelation,
  type Metric,
  precision,
  recall,
} from '@chainrule/metrics';
import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

type Counts = readonly (readonly number[])[];

/** The score of samples with these counts `[label][prediction]`, as classes or as probabilities. */
function score(metric: Metric, counts: Counts, dtype: 'float32' | 'int32' = 'float32'): number {
  const pairs = counts.flatMap((row, l) => row.flatMap((n, p) => Array.from({ length: n }, () => [p, l] as const)));
  const column = (k: 0 | 1) =>
    tensor(
      pairs.map((pair) => pair[k]),
      undefined,
      dtype,
    );
  metric.update(column(0), column(1));
  return metric.result();
}

// Markham 2014, "Simple guide to confusion matrix terminology": 165 patients, TN 50, FP 10, FN 5, TP 100.
describe('the matrix of 50, 10, 5, 100', () => {
  const counts = [
    [50, 10],
    [5, 100],
  ];
  const binary = { fromLogits: false } as const;

  test.each<[string, Metric, number]>([
    ['accuracy 150/165 = 0.91', binaryAccuracy(binary), 10 / 11],
    ['precision 100/110 = 0.91', precision(binary), 10 / 11],
    ['recall 100/105 = 0.95', recall(binary), 20 / 21],
    // 2·TP / (2·TP + FP + FN)
    ['F1 200/215', fScore(binary), 40 / 43],
    // (1 + 4)·TP / (5·TP + 4·FN + FP)
    ['F2 500/530', fScore({ ...binary, beta: 2 }), 50 / 53],
    // (20/21 + 5/6) / 2
    ['balanced accuracy 25/28', balancedAccuracy(binary), 25 / 28],
    // Observed 10/11; by chance (60·55 + 105·110) / 165² = 6/11; (10/11 − 6/11) / (1 − 6/11).
    ['kappa 4/5', cohenKappa(binary), 4 / 5],
    ['correlation (100·50 − 10·5) / √(110·105·60·55)', matthewsCorrelation(binary), 4950 / Math.sqrt(38_115_000)],
  ])('has the %s', (_, metric, expected) => {
    expect(score(metric, counts)).toBeCloseTo(expected, 13);
  });

  test('has the specificity 50/60 = 0.83', () => {
    expect(classificationReport(counts).classes[1]!.specificity).toBeCloseTo(5 / 6, 14);
  });
});

// Wikipedia, "Cohen's kappa": the grants of the simple example, and two matrices of equal agreement.
test.each<[string, Counts]>([
  [
    '2/5',
    [
      [20, 5],
      [10, 15],
    ],
  ],
  [
    '3/23',
    [
      [45, 15],
      [25, 15],
    ],
  ],
  [
    '7/27',
    [
      [25, 35],
      [5, 35],
    ],
  ],
])('kappa is %s', (fraction, counts) => {
  const [above, below] = fraction.split('/').map(Number);
  expect(score(cohenKappa({ classes: 2 }), counts, 'int32')).toBeCloseTo(above! / below!, 14);
});

describe('the matrix of three classes', () => {
  const counts = [
    [2, 1, 1],
    [0, 3, 0],
    [1, 0, 2],
  ];

  test('has the accuracy 7/10 and the counts themselves', () => {
    const metric = confusionMatrix({ classes: 3 });
    expect(score(metric, counts, 'int32')).toBeCloseTo(7 / 10, 14);
    expect(metric.matrix()).toEqual(counts);
  });

  // Precision 2/3, 3/4, 2/3; recall 1/2, 1, 2/3; F1 4/7, 6/7, 2/3.
  test.each<[string, Metric, number]>([
    ['macro precision 25/36', precision({ classes: 3 }), 25 / 36],
    ['macro recall 13/18', recall({ classes: 3 }), 13 / 18],
    ['macro F1 44/63', fScore({ classes: 3 }), 44 / 63],
    ['weighted recall 7/10', recall({ classes: 3, average: 'weighted' }), 7 / 10],
    ['micro F1 7/10', fScore({ classes: 3, average: 'micro' }), 7 / 10],
    // By chance (4·3 + 3·4 + 3·3) / 100 = 33/100; (70 − 33) / (100 − 33).
    ['kappa 37/67', cohenKappa({ classes: 3 }), 37 / 67],
  ])('has the %s', (_, metric, expected) => {
    expect(score(metric, counts, 'int32')).toBeCloseTo(expected, 14);
  });

  test('has the specificities 5/6, 6/7, 6/7', () => {
    const specificities = classificationReport(counts).classes.map(({ specificity }) => specificity);
    [5 / 6, 6 / 7, 6 / 7].forEach((expected, k) => expect(specificities[k]).toBeCloseTo(expected, 14));
  });
});
