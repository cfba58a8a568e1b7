import { readFileSync } from 'node:fs';
import { tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import * as metrics from './index.ts';
import type { Average, Metric } from './index.ts';

type Numbers = readonly number[];
type Rows = readonly Numbers[];
interface Weighted {
  readonly weights: Numbers | null;
}
type Triple<T> = readonly [precision: T, recall: T, fScore: T];
interface ScoreCase extends Weighted {
  readonly classes: number;
  readonly labels: Numbers;
  readonly predicted: Numbers;
  readonly beta1: Readonly<Record<Average, Triple<number>>> & { readonly each: Triple<Numbers> };
  readonly beta2: ScoreCase['beta1'];
  readonly support: Numbers;
  readonly balancedAccuracy: number;
  readonly adjustedBalancedAccuracy: number;
  readonly cohenKappa: Readonly<Record<'none' | 'linear' | 'quadratic', number>>;
  readonly matthewsCorrelation: number;
  readonly matrix: Readonly<Record<'none' | 'true' | 'pred' | 'all', Rows>>;
  readonly report: string;
}
interface Curve {
  readonly thresholds: Numbers;
}
interface CurveCase extends Weighted {
  readonly labels: Numbers;
  readonly scores: Numbers;
  readonly roc: Curve & { readonly falsePositiveRate: Numbers; readonly truePositiveRate: Numbers };
  readonly rocCorners: CurveCase['roc'];
  readonly precisionRecall: Curve & { readonly precision: Numbers; readonly recall: Numbers };
  readonly averagePrecision: number;
  readonly logLoss: number;
  readonly brierScore: number;
  readonly rocAuc?: number;
  readonly calibration?: Readonly<
    Record<'uniform' | 'quantile', { readonly observed: Numbers; readonly predicted: Numbers }>
  >;
}
interface ProbabilityCase extends Weighted {
  readonly labels: Numbers;
  readonly probabilities: Rows;
  readonly logLoss: number;
  readonly brierScore: number;
  readonly top2: number;
  readonly rocAuc?: Readonly<Record<string, number>>;
}
interface ErrorCase extends Weighted {
  readonly targets: Numbers | Rows;
  readonly predictions: Numbers | Rows;
  readonly medianAbsoluteError: number;
  readonly [measure: string]: unknown;
}
interface Golden {
  readonly scores: Readonly<Record<string, ScoreCase>>;
  readonly curves: Readonly<Record<string, CurveCase>>;
  readonly probabilities: Readonly<Record<string, ProbabilityCase>>;
  readonly errors: Readonly<Record<string, ErrorCase>>;
}

const special: Readonly<Record<string, number>> = { NaN: NaN, Infinity: Infinity, '-Infinity': -Infinity };
const golden = JSON.parse(
  readFileSync(new URL('../testdata/measures.json', import.meta.url), 'utf8'),
  (_, value: unknown) => (typeof value === 'string' && value in special ? special[value] : value),
) as Golden;

const labelsOf = (values: Numbers): Tensor => tensor([...values], [values.length], 'int32');
const double = (values: Numbers | Rows): Tensor => tensor(values as number[], undefined, 'float64');
const weightsOf = ({ weights }: Weighted): Tensor | undefined => (weights ? double(weights) : undefined);
const weighed = ({ weights }: Weighted): { weights?: Numbers } => (weights ? { weights } : {});

/** Compares numbers in lists and objects, up to 13 digits. */
function same(actual: unknown, expected: unknown): void {
  if (typeof expected !== 'number') {
    expect(Object.keys(actual as object)).toEqual(Object.keys(expected as object));
    for (const [key, value] of Object.entries(expected as object))
      same((actual as Record<string, unknown>)[key], value);
  } else if (Number.isFinite(expected)) {
    expect(Math.abs((actual as number) - expected), `${String(actual)} for ${expected}`).toBeLessThanOrEqual(
      1e-13 * Math.max(1, Math.abs(expected)),
    );
  } else expect(actual).toBe(expected);
}

/** The result in one batch, and in two. */
function measured(metric: Metric, predictions: Tensor, targets: Tensor, weights?: Tensor): number {
  const whole = metrics.measure(metric, predictions, targets, weights);
  metric.reset();
  const rows = targets.shape[0];
  const cut = Math.floor(rows / 3);
  const part = (x: Tensor, from: number, to: number): Tensor => {
    const length = x.size / rows;
    return tensor([...x.data.slice(from * length, to * length)], [to - from, ...x.shape.slice(1)], x.dtype);
  };
  for (const [from, to] of [
    [0, cut],
    [cut, rows],
  ] as const)
    metric.update(part(predictions, from, to), part(targets, from, to), weights && part(weights, from, to));
  if (Number.isFinite(whole)) expect(metric.result()).toBeCloseTo(whole, 9);
  return whole;
}

describe.each(Object.entries(golden.scores))('scores of classes equal scikit-learn’s: %s', (name, given) => {
  const { classes } = given;
  const batch = [labelsOf(given.predicted), labelsOf(given.labels), weightsOf(given)] as const;
  const confusion = metrics.confusionMatrix({ classes });
  confusion.update(...batch);

  test.each([1, 2])('precision, recall and F-score with beta %i', (beta) => {
    const expected = beta === 1 ? given.beta1 : given.beta2;
    for (const average of ['macro', 'micro', 'weighted'] as const) {
      const options = { classes, average };
      const results = [metrics.precision(options), metrics.recall(options), metrics.fScore({ ...options, beta })].map(
        (metric) => measured(metric, ...batch),
      );
      same(results, expected[average]);
    }
    const report = metrics.classificationReport(confusion.matrix(), { beta });
    for (const average of ['macro', 'micro', 'weighted'] as const) {
      const { precision, recall, fScore } = report[average];
      same([precision, recall, fScore], expected[average]);
    }
    same(
      (['precision', 'recall', 'fScore'] as const).map((score) => report.classes.map((each) => each[score])),
      expected.each,
    );
    same(
      report.classes.map((each) => each.support),
      given.support,
    );
  });

  test('agreement', () => {
    const { balancedAccuracy, cohenKappa, matthewsCorrelation } = metrics;
    same(measured(balancedAccuracy({ classes }), ...batch), given.balancedAccuracy);
    same(measured(balancedAccuracy({ classes, adjusted: true }), ...batch), given.adjustedBalancedAccuracy);
    same(measured(matthewsCorrelation({ classes }), ...batch), given.matthewsCorrelation);
    same(measured(cohenKappa({ classes }), ...batch), given.cohenKappa.none);
    for (const weights of ['linear', 'quadratic'] as const)
      same(measured(cohenKappa({ classes, weights }), ...batch), given.cohenKappa[weights]);
    if (name !== 'binary') return;
    const binary = [double(given.predicted), double(given.labels), weightsOf(given)] as const;
    const options = { fromLogits: false };
    same(measured(balancedAccuracy(options), ...binary), given.balancedAccuracy);
    same(measured(matthewsCorrelation(options), ...binary), given.matthewsCorrelation);
    same(measured(cohenKappa(options), ...binary), given.cohenKappa.none);
  });

  test('confusion matrix', () => {
    same(confusion.matrix(), given.matrix.none);
    same(confusion.matrix({ normalize: 'true' }), given.matrix.true);
    same(confusion.matrix({ normalize: 'predicted' }), given.matrix.pred);
    same(confusion.matrix({ normalize: 'all' }), given.matrix.all);
  });

  test('the printed report', () => {
    const names = Array.from({ length: classes }, (_, k) => `class ${k}`);
    const text = String(metrics.classificationReport(confusion.matrix(), { names, digits: 3 }));
    // The last digit of a tie is rounded to even in Python; sums of fractional weights end in .0 there.
    const numbers = /\d+(\.\d+)?/g;
    const plain = (report: string): string[] =>
      report.trimEnd().replace(/\.0$/gm, '  ').replace('f1', 'f_').split('\n');
    const shape = (line: string): string =>
      line
        .replace(/\d/g, '9')
        .trimEnd()
        .replace(/\s+\S+$/, '');
    const [actual, expected] = [plain(text.replace('f1', 'f_')), plain(given.report)];
    expect(actual.map(shape)).toEqual(expected.map(shape));
    actual.forEach((line, i) =>
      (line.match(numbers) ?? []).forEach((digits, k) =>
        expect(Math.abs(Number(digits) - Number(expected[i]!.match(numbers)![k]))).toBeLessThan(0.00101),
      ),
    );
  });
});

describe.each(Object.entries(golden.curves))('curves equal scikit-learn’s: %s', (_, given) => {
  const { labels, scores } = given;

  test('receiver operating characteristic', () => {
    const { area, ...whole } = metrics.rocCurve(labels, scores, { ...weighed(given), dropIntermediate: false });
    same(whole, given.roc);
    const { area: again, ...corners } = metrics.rocCurve(labelsOf(labels), double(scores), weighed(given));
    same(corners, given.rocCorners);
    same([area, again], [given.rocAuc ?? NaN, given.rocAuc ?? NaN]);
  });

  test('precision and recall', () => {
    const { area, ...curve } = metrics.precisionRecallCurve(labels, scores, weighed(given));
    same(curve, given.precisionRecall);
    same(area, given.averagePrecision);
  });

  test('log loss and Brier score, from probabilities and logits', () => {
    const batch = [double(labels), weightsOf(given)] as const;
    const logits = double(scores.map((p) => Math.log(p / (1 - p))));
    for (const name of ['logLoss', 'brierScore'] as const) {
      same(measured(metrics[name]({ fromLogits: false }), double(scores), ...batch), given[name]);
      expect(measured(metrics[name](), logits, ...batch)).toBeCloseTo(given[name], 12);
    }
  });

  test.runIf(given.calibration)('calibration', () => {
    for (const strategy of ['uniform', 'quantile'] as const) {
      const { observed, predicted, counts } = metrics.calibrationCurve(labels, scores, { strategy });
      same({ observed, predicted }, given.calibration![strategy]);
      expect(counts.reduce((a, b) => a + b)).toBe(labels.length);
    }
  });
});

describe.each(Object.entries(golden.probabilities))('probabilities of classes, as scikit-learn: %s', (_, given) => {
  const batch = [double(given.probabilities), labelsOf(given.labels), weightsOf(given)] as const;

  test('log loss, Brier score and top-k', () => {
    same(measured(metrics.logLoss({ fromLogits: false }), ...batch), given.logLoss);
    same(measured(metrics.brierScore({ fromLogits: false }), ...batch), given.brierScore);
    same(measured(metrics.sparseTopKAccuracy({ k: 2 }), ...batch), given.top2);
    const logits = double(given.probabilities.map((row) => row.map(Math.log)));
    expect(measured(metrics.logLoss(), logits, batch[1], batch[2])).toBeCloseTo(given.logLoss, 12);
    expect(measured(metrics.brierScore(), logits, batch[1], batch[2])).toBeCloseTo(given.brierScore, 12);
  });

  test.runIf(given.rocAuc)('areas under ROC curves', () => {
    for (const [kind, area] of Object.entries(given.rocAuc!))
      same(
        metrics.rocAuc(given.labels, batch[0], {
          ...weighed(given),
          average: kind.endsWith('macro') ? 'macro' : 'weighted',
          multiClass: kind.startsWith('pairs') ? 'oneVsOne' : 'oneVsRest',
        }),
        area,
      );
  });
});

describe.each(Object.entries(golden.errors))('errors of numbers equal scikit-learn’s: %s', (_, given) => {
  const outputs = Array.isArray(given.targets[0]) ? 2 : 1;
  const batch = [double(given.predictions), double(given.targets), weightsOf(given)] as const;

  test('streaming measures', () => {
    const all: Readonly<Record<string, Metric>> = {
      meanAbsoluteError: metrics.meanAbsoluteError(),
      meanSquaredError: metrics.meanSquaredError(),
      rootMeanSquaredError: metrics.rootMeanSquaredError(),
      explainedVariance: metrics.explainedVariance({ outputs }),
      r2: metrics.r2({ outputs }),
    };
    for (const [name, metric] of Object.entries(all))
      if (name in given) expect(measured(metric, ...batch), name).toBeCloseTo(given[name] as number, 11);
    // In percent, as in Keras.
    const percent = measured(metrics.meanAbsolutePercentageError(), ...batch);
    expect(percent / 100).toBeCloseTo(given['meanAbsolutePercentageError'] as number, 11);
  });

  test('the median', () => {
    if (outputs > 1) return;
    same(metrics.medianAbsoluteError(batch[1], batch[0], weighed(given)), given.medianAbsoluteError);
  });
});
