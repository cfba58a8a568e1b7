import { tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import {
  calibrationCurve,
  classificationReport,
  cohenKappa,
  confusionMatrix,
  measure,
  medianAbsoluteError,
  precisionRecallCurve,
  rocAuc,
  rocCurve,
} from './index.ts';

test('empty data gives NaN, and curves without points', () => {
  expect(rocCurve([], [])).toEqual({
    falsePositiveRate: [NaN],
    truePositiveRate: [NaN],
    thresholds: [Infinity],
    area: NaN,
  });
  expect(precisionRecallCurve([], [])).toEqual({ precision: [1], recall: [0], thresholds: [], area: NaN });
  expect(calibrationCurve([], [])).toEqual({ predicted: [], observed: [], counts: [] });
  expect(calibrationCurve([], [], { strategy: 'quantile' }).counts).toEqual([]);
  expect(medianAbsoluteError([], [])).toBeNaN();
  expect(rocAuc([], zeros([0, 3]))).toBeNaN();
  expect(rocCurve([1, 0], [1, 2], { weights: [0, 0] }).area).toBeNaN();
});

test('curves accept infinite scores and throw for NaN', () => {
  expect(rocCurve([0, 1, 1], [-Infinity, 0, Infinity]).area).toBe(1);
  expect(() => rocCurve([0, 1], [0.5, NaN])).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: rocCurve: \`scores\` must be numbers, got NaN at 1]`,
  );
  expect(() => medianAbsoluteError([NaN], [0])).toThrowErrorMatchingInlineSnapshot(
    `[ValueError: medianAbsoluteError: \`targets\` must be numbers, got NaN at 0]`,
  );
});

test('tensors and lists give the same', () => {
  const [labels, scores] = [
    [0, 1, 1, 0],
    [0.25, 0.5, 0.25, 0],
  ];
  expect(rocCurve(tensor(labels, 'int32'), tensor(scores))).toEqual(rocCurve(labels, Float32Array.from(scores)));
});

test('integer weights count as repetitions', () => {
  const [labels, scores, weights] = [
    [0, 1, 1, 0, 1],
    [0.1, 0.4, 0.35, 0.6, 0.2],
    [1, 3, 0, 2, 1],
  ];
  const repeated = (values: readonly number[]): number[] =>
    values.flatMap((v, i) => Array<number>(weights[i]!).fill(v));
  for (const strategy of ['uniform'] as const)
    expect(calibrationCurve(labels, scores, { weights, strategy })).toEqual(
      calibrationCurve(repeated(labels), repeated(scores), { strategy }),
    );
  expect(rocCurve(labels, scores, { weights })).toEqual(rocCurve(repeated(labels), repeated(scores)));
  expect(precisionRecallCurve(labels, scores, { weights })).toEqual(
    precisionRecallCurve(repeated(labels), repeated(scores)),
  );
  expect(medianAbsoluteError(labels, scores, { weights })).toBe(
    medianAbsoluteError(repeated(labels), repeated(scores)),
  );
});

describe('mistakes', () => {
  test('in lengths, labels, weights and probabilities throw', () => {
    expect(() => rocCurve([0, 1], [0.5])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: rocCurve: \`scores\` must have as many values as \`labels\`, 2, got 1]`,
    );
    expect(() => rocCurve([0, 2], [0.5, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: rocCurve: \`labels\` must be 0 or 1, got 2 at 1]`,
    );
    expect(() => rocCurve([0, 1], [0.5, 1], { weights: [1, -1] })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: rocCurve: \`weights\` must be at least 0, got -1 at 1]`,
    );
    expect(() => rocCurve([0, '1'] as number[], [0.5, 1])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: rocCurve: \`labels[1]\` must be a number, got "1"]`,
    );
    expect(() => calibrationCurve([0, 1], [0.5, 1.5])).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: calibrationCurve: \`probabilities\` must be in [0, 1], got 1.5 at 1]`,
    );
    expect(() => rocAuc([0, 3], zeros([2, 3]))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: rocAuc: \`labels\` must be in [0, 3), got 3 at 1]`,
    );
    expect(() => rocAuc([0, 1], zeros([2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: rocAuc: \`scores\` must have shape [2, classes], got [2]]`,
    );
  });

  test('gives specificity and accuracy of each class, and of the whole', () => {
    const report = classificationReport([
      [5, 1, 0],
      [2, 3, 1],
      [0, 2, 6],
    ]);
    // Of 20 samples: TP 5, 3, 6; FP 2, 3, 1; FN 1, 3, 2; TN 12, 11, 11.
    expect(report.classes.map(({ accuracy }) => accuracy)).toEqual([17 / 20, 14 / 20, 17 / 20]);
    expect(report.classes.map(({ specificity }) => specificity)).toEqual([12 / 14, 11 / 14, 11 / 12]);
    expect(report.classes.map(({ recall }) => recall)).toEqual([5 / 6, 3 / 6, 6 / 8]);
    expect(report.accuracy).toBe(14 / 20);
    expect([report.micro.specificity, report.micro.accuracy]).toEqual([34 / 40, 48 / 60]);
    expect(report.macro.specificity).toBeCloseTo((12 / 14 + 11 / 14 + 11 / 12) / 3, 14);
    expect(report.weighted.accuracy).toBeCloseTo((6 * 0.85 + 6 * 0.7 + 8 * 0.85) / 20, 14);
  });

  test('in counts and names throw', () => {
    expect(() => classificationReport([[1, 2]])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: classificationReport: \`matrix\` must be a square matrix of counts, got [[1,2]]; pass \`matrix()\` of a \`confusionMatrix\`]`,
    );
    expect(() =>
      classificationReport(
        [
          [1, 2],
          [0, 3],
        ],
        { names: ['a'] },
      ),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: classificationReport: \`names\` must be a list of 2 names, got ["a"]]`,
    );
  });

  test('in predicted classes throw unless their weight is 0', () => {
    const confusion = confusionMatrix({ classes: 2 });
    const [predicted, labels] = [tensor([0, 2], 'int32'), tensor([0, 1], 'int32')];
    expect(() => confusion.update(predicted, labels)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: confusionMatrix: \`indices\` must be in [0, 2), got 2]`,
    );
    confusion.update(predicted, labels, tensor([1, 0]));
    expect(confusion.matrix()).toEqual([
      [1, 0],
      [0, 0],
    ]);
    expect(() => confusion.update(tensor([0], 'int32'), labels)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: confusionMatrix: \`labels\` must have shape [1] to match \`predictions\` [1,1], got [2]]`,
    );
  });
});

test('cohenKappa is NaN if chance always agrees, as in scikit-learn', () => {
  expect(measure(cohenKappa({ classes: 2 }), tensor([1, 1], 'int32'), tensor([1, 1], 'int32'))).toBeNaN();
});

test('measure resets the metric first', () => {
  const confusion = confusionMatrix({ classes: 2 });
  confusion.update(tensor([0], 'int32'), tensor([1], 'int32'));
  expect(measure(confusion, tensor([0], 'int32'), tensor([0], 'int32'))).toBe(1);
});
