import { aBoolean, checkOptions, type Checks, integerFrom, oneOf, positive, upToOne } from '@chainrule/errors/check';
import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import { checkPair } from '@chainrule/tensor/graph';
import type { BinaryOptions } from './binaryAccuracy.ts';
import { kindOf, thresholdOf } from './checks.ts';
import { addPairs, classCounting, rowsOf, total } from './confusionMatrix.ts';
import { type Metric, positionWeights, streaming } from './metric.ts';

/** Options of scores of classes. */
export interface ClassOptions {
  /** The number of classes. Predictions are `[…, classes]`, labels int32 without that axis. */
  readonly classes: number;
  /** 'macro' (default) averages the scores of the classes. 'micro' scores the counts of all classes together. */
  readonly average?: 'macro' | 'micro';
}

/** Options of {@link precision} and {@link recall}: of one class, or of several. */
export type ScoreOptions = (BinaryOptions & { readonly classes?: undefined }) | ClassOptions;

/** All options, of one class or of several. */
type AllScoreOptions = BinaryOptions & Partial<ClassOptions> & { readonly beta?: number };

const scoreChecks: Checks<Omit<AllScoreOptions, 'beta'>> = /* @__PURE__ */ (() => ({
  threshold: upToOne,
  fromLogits: aBoolean,
  classes: integerFrom(2),
  average: oneOf('macro', 'micro'),
}))();

/** True positives, false positives and false negatives of a class. */
interface Hits {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
}

/**
 * The share of positive predictions that are correct: TP / (TP + FP).
 *
 * Without `classes`, predictions are logits of a yes (probabilities with `fromLogits: false`), and targets are 0 and 1 of the
 * same shape and dtype. The result is 0 without positive predictions, as in Keras and scikit-learn, and NaN without batches.
 *
 * @param options - `threshold` (0.5) and `fromLogits` (true), or `classes` and `average` ('macro')
 * @throws OptionError for a threshold outside [0, 1], fewer than 2 classes, or another average
 * @example
 * const score = precision({ fromLogits: false });
 * score.update(tensor([0.9, 0.8, 0.2, 0.1]), tensor([1, 0, 1, 0]));
 * score.result(); // => 0.5
 */
export function precision(options: ScoreOptions = {}): Metric {
  checkOptions<Omit<AllScoreOptions, 'beta'>>('precision', options as AllScoreOptions, scoreChecks);
  return scoring('precision', options, ({ right, wrong }) => ratio(right, right + wrong));
}

/**
 * The share of positive targets that are predicted: TP / (TP + FN).
 *
 * Shapes are those of {@link precision}. The result is 0 without positive targets, as in Keras and scikit-learn, and NaN
 * without batches.
 *
 * @param options - `threshold` (0.5) and `fromLogits` (true), or `classes` and `average` ('macro')
 * @throws OptionError for a threshold outside [0, 1], fewer than 2 classes, or another average
 * @example
 * const score = recall({ fromLogits: false });
 * score.update(tensor([0.9, 0.8, 0.2, 0.1]), tensor([1, 0, 0, 0]));
 * score.result(); // => 1
 */
export function recall(options: ScoreOptions = {}): Metric {
  checkOptions<Omit<AllScoreOptions, 'beta'>>('recall', options as AllScoreOptions, scoreChecks);
  return scoring('recall', options, ({ right, missed }) => ratio(right, right + missed));
}

/** Options of {@link fScore}. */
export type FScoreOptions = ScoreOptions & {
  /** The weight of recall relative to precision. Default 1. */
  readonly beta?: number;
};

/**
 * The harmonic mean of precision and recall: (1 + β²)·TP / ((1 + β²)·TP + β²·FN + FP).
 *
 * Shapes are those of {@link precision}. The result is 0 without true positives, and NaN without batches.
 *
 * @param options - as {@link precision}, and `beta` (1)
 * @throws OptionError for a threshold outside [0, 1], fewer than 2 classes, another average, or a beta of 0 or less
 * @example
 * const score = fScore({ fromLogits: false });
 * score.update(tensor([0.9, 0.8, 0.2, 0.1]), tensor([1, 0, 0, 0]));
 * score.result().toFixed(4); // => 0.6667
 */
export function fScore(all: FScoreOptions = {}): Metric {
  checkOptions<AllScoreOptions>('fScore', all as AllScoreOptions, { ...scoreChecks, beta: positive });
  const { beta = 1, ...options } = all;
  const b = beta * beta;
  return scoring('fScore', options, ({ right, wrong, missed }) =>
    ratio((1 + b) * right, (1 + b) * right + b * missed + wrong),
  );
}

function scoring(name: string, options: ScoreOptions, score: (hits: Hits) => number): Metric {
  if (options.classes === undefined) return binaryScoring(name, options, score);
  const { classes, average = 'macro' } = options;
  return classCounting(name, classes, (counts) => {
    const each = hitsOf(counts, classes);
    if (total(counts) === 0) return NaN;
    return average === 'macro' ? total(each.map(score)) / classes : score(together(each));
  });
}

function binaryScoring(
  name: string,
  { threshold = 0.5, fromLogits = true }: BinaryOptions,
  score: (hits: Hits) => number,
): Metric {
  const limit = thresholdOf(name, threshold, fromLogits);
  return streaming({
    name,
    predictions: kindOf(fromLogits),
    sums: { counts: [2, 2] },
    next([counts], predictions, targets, weights) {
      checkPair(name, predictions, targets);
      const above = (x: Tensor, from: number): Tensor => map((v) => e.cast(e.gt(v, from), 'int32'), [x]);
      return [
        addPairs(
          counts!,
          above(targets, 0.5),
          above(predictions, limit),
          positionWeights(name, targets.shape, weights),
        ),
      ];
    },
    result: (counts) => (total(counts) === 0 ? NaN : score(hitsOf(counts, 2)[1]!)),
  });
}

function hitsOf(counts: readonly number[], classes: number): Hits[] {
  const rows = rowsOf(counts, classes);
  return rows.map((row, k) => {
    const right = row[k]!;
    return { right, wrong: total(rows.map((other) => other[k]!)) - right, missed: total(row) - right };
  });
}

function together(each: readonly Hits[]): Hits {
  return {
    right: total(each.map((h) => h.right)),
    wrong: total(each.map((h) => h.wrong)),
    missed: total(each.map((h) => h.missed)),
  };
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
