import { aBoolean, checkOptions, type Checks, integerFrom, oneOf, upToOne } from '@chainrule/errors/check';
import type { BinaryOptions } from './binaryAccuracy.ts';
import { columnTotals, type CountOptions, counting, ratio, total } from './classCounts.ts';
import type { Metric } from './metric.ts';

const countChecks: Checks<BinaryOptions & { readonly classes?: number | undefined }> = /* @__PURE__ */ (() => ({
  threshold: upToOne,
  fromLogits: aBoolean,
  classes: integerFrom(2),
}))();

/** Options of {@link balancedAccuracy}. */
export type BalancedAccuracyOptions = CountOptions & {
  /** Whether to scale the result so that a random guess gets 0: (accuracy − 1/k) / (1 − 1/k). Default false. */
  readonly adjusted?: boolean;
};

/**
 * The mean of the recalls of all classes that have labels, so that rare classes count as much as frequent ones.
 *
 * Predictions and labels have the forms of {@link precision}: binary, or with `classes`.
 *
 * @param options - `threshold` (0.5) and `fromLogits` (true), or `classes`; `adjusted` (false)
 * @throws OptionError for a threshold outside [0, 1] or fewer than 2 classes
 * @example
 * const score = balancedAccuracy({ classes: 2 });
 * score.update(tensor([0, 0, 0, 1], undefined, 'int32'), tensor([0, 0, 1, 1], undefined, 'int32'));
 * score.result(); // => 0.75
 */
export function balancedAccuracy(options: BalancedAccuracyOptions = {}): Metric {
  checkOptions<BinaryOptions & { classes?: number | undefined; adjusted?: boolean }>('balancedAccuracy', options, {
    ...countChecks,
    adjusted: aBoolean,
  });
  const { adjusted = false, ...counts } = options;
  return counting('balancedAccuracy', counts, (rows) => {
    const recalls = rows.flatMap((row, k) => (total(row) === 0 ? [] : [row[k]! / total(row)]));
    const mean = total(recalls) / recalls.length;
    return adjusted ? (mean - 1 / recalls.length) / (1 - 1 / recalls.length) : mean;
  });
}

/** Options of {@link cohenKappa}. */
export type CohenKappaOptions = CountOptions & {
  /** The cost of confusing classes i and j: |i − j|, (i − j)², or by default 1. */
  readonly weights?: 'linear' | 'quadratic';
};

/**
 * The agreement of predictions and labels beyond chance: 1 − Σ cost·count / Σ cost·expected (Cohen 1960). NaN if chance
 * always agrees, for example if all labels have one class.
 *
 * Predictions and labels have the forms of {@link precision}: binary, or with `classes`.
 *
 * @param options - `threshold` (0.5) and `fromLogits` (true), or `classes`; `weights` of confusions
 * @throws OptionError for a threshold outside [0, 1], fewer than 2 classes or unknown weights
 * @example
 * const score = cohenKappa({ classes: 2 });
 * score.update(tensor([0, 0, 0, 1], undefined, 'int32'), tensor([0, 0, 1, 1], undefined, 'int32'));
 * score.result(); // => 0.5
 */
export function cohenKappa(options: CohenKappaOptions = {}): Metric {
  checkOptions<BinaryOptions & { classes?: number | undefined; weights?: 'linear' | 'quadratic' }>(
    'cohenKappa',
    options,
    {
      ...countChecks,
      weights: oneOf('linear', 'quadratic'),
    },
  );
  const { weights, ...counts } = options;
  const cost = (i: number, j: number): number => {
    if (!weights) return Number(i !== j);
    return weights === 'linear' ? Math.abs(i - j) : (i - j) ** 2;
  };
  return counting('cohenKappa', counts, (rows) => {
    const [labels, predicted] = [rows.map(total), columnTotals(rows)];
    const all = total(labels);
    const costs = (countOf: (i: number, j: number) => number): number =>
      total(rows.flatMap((row, i) => row.map((_, j) => cost(i, j) * countOf(i, j))));
    return 1 - costs((i, j) => rows[i]![j]!) / costs((i, j) => (labels[i]! * predicted[j]!) / all);
  });
}

/**
 * The correlation of predictions and labels, from −1 to 1, for any number of classes (Matthews 1975, Gorodkin 2004). 0 if all
 * labels or all predictions are equal.
 *
 * Predictions and labels have the forms of {@link precision}: binary, or with `classes`.
 *
 * @param options - `threshold` (0.5) and `fromLogits` (true), or `classes`
 * @throws OptionError for a threshold outside [0, 1] or fewer than 2 classes
 * @example
 * const score = matthewsCorrelation({ classes: 2 });
 * score.update(tensor([0, 0, 0, 1], undefined, 'int32'), tensor([0, 0, 1, 1], undefined, 'int32'));
 * score.result().toFixed(4); // => 0.5774
 */
export function matthewsCorrelation(options: CountOptions = {}): Metric {
  checkOptions<BinaryOptions & { classes?: number | undefined }>('matthewsCorrelation', options, countChecks);
  return counting('matthewsCorrelation', options, (rows) => {
    const [labels, predicted] = [rows.map(total), columnTotals(rows)];
    const all = total(labels);
    const dot = (a: readonly number[], b: readonly number[]): number => total(a.map((x, k) => x * b[k]!));
    const right = total(rows.map((row, k) => row[k]!));
    const spread = (sums: readonly number[]): number => all * all - dot(sums, sums);
    return ratio(right * all - dot(labels, predicted), Math.sqrt(spread(labels) * spread(predicted)));
  });
}
