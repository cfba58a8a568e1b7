import { aBoolean, checkOptions, type Checks, integerFrom, oneOf, positive, upToOne } from '@chainrule/errors/check';
import type { BinaryOptions } from './binaryAccuracy.ts';
import { counting } from './classCounts.ts';
import { type Average, averaged, fScoreOf, type Hits, hitsOf, precisionOf, recallOf } from './hits.ts';
import type { Metric } from './metric.ts';

/** Options of scores of classes. */
export interface ClassOptions {
  /** The number of classes. Predictions are `[…, classes]`, and labels int32 without that axis. */
  readonly classes: number;
  /**
   * 'macro' (default) averages the scores of the classes. 'weighted' weights them by their number of labels. 'micro' computes
   * the score of the total counts of all classes.
   */
  readonly average?: Average;
}

/** Options of {@link precision} and {@link recall}, either binary or with classes. */
export type ScoreOptions = (BinaryOptions & { readonly classes?: undefined }) | ClassOptions;

/** All options, binary and with classes. */
type AllScoreOptions = BinaryOptions & Partial<ClassOptions> & { readonly beta?: number };

const scoreChecks: Checks<Omit<AllScoreOptions, 'beta'>> = /* @__PURE__ */ (() => ({
  threshold: upToOne,
  fromLogits: aBoolean,
  classes: integerFrom(2),
  average: oneOf('macro', 'micro', 'weighted'),
}))();

/**
 * The share of positive predictions that are correct: TP / (TP + FP).
 *
 * Without `classes`, predictions are logits of the positive class (probabilities with `fromLogits: false`), and targets are 0
 * and 1, of the same shape and dtype. With `classes`, predictions may also be the predicted classes, int32 like the labels;
 * {@link classificationReport} gives the score of each class. The result is 0 without positive predictions, as in Keras and
 * scikit-learn, and NaN without batches.
 *
 * @param options - `threshold` (0.5) and `fromLogits` (true), or `classes` and `average` ('macro')
 * @throws OptionError for a threshold outside [0, 1], fewer than 2 classes, or an unknown average
 * @example
 * const score = precision({ fromLogits: false });
 * score.update(tensor([0.9, 0.8, 0.2, 0.1]), tensor([1, 0, 1, 0]));
 * score.result(); // => 0.5
 */
export function precision(options: ScoreOptions = {}): Metric {
  checkOptions<Omit<AllScoreOptions, 'beta'>>('precision', options as AllScoreOptions, scoreChecks);
  return scoring('precision', options, precisionOf);
}

/**
 * The share of positive targets that are predicted: TP / (TP + FN).
 *
 * Predictions and targets have the forms of {@link precision}. The result is 0 without positive targets, as in Keras and
 * scikit-learn, and NaN without batches.
 *
 * @param options - `threshold` (0.5) and `fromLogits` (true), or `classes` and `average` ('macro')
 * @throws OptionError for a threshold outside [0, 1], fewer than 2 classes, or an unknown average
 * @example
 * const score = recall({ fromLogits: false });
 * score.update(tensor([0.9, 0.8, 0.2, 0.1]), tensor([1, 0, 0, 0]));
 * score.result(); // => 1
 */
export function recall(options: ScoreOptions = {}): Metric {
  checkOptions<Omit<AllScoreOptions, 'beta'>>('recall', options as AllScoreOptions, scoreChecks);
  return scoring('recall', options, recallOf);
}

/** Options of {@link fScore}. */
export type FScoreOptions = ScoreOptions & {
  /** The weight of recall relative to precision. Default 1. */
  readonly beta?: number;
};

/**
 * The harmonic mean of precision and recall: (1 + β²)·TP / ((1 + β²)·TP + β²·FN + FP).
 *
 * Predictions and targets have the forms of {@link precision}. The result is 0 without true positives, and NaN without batches.
 *
 * @param options - as {@link precision}, and `beta` (1)
 * @throws OptionError for a threshold outside [0, 1], fewer than 2 classes, an unknown average, or a beta that is not positive
 * @example
 * const score = fScore({ fromLogits: false });
 * score.update(tensor([0.9, 0.8, 0.2, 0.1]), tensor([1, 0, 0, 0]));
 * score.result().toFixed(4); // => 0.6667
 */
export function fScore(all: FScoreOptions = {}): Metric {
  checkOptions<AllScoreOptions>('fScore', all as AllScoreOptions, { ...scoreChecks, beta: positive });
  const { beta = 1, ...options } = all;
  return scoring('fScore', options, (hits) => fScoreOf(hits, beta));
}

function scoring(name: string, options: ScoreOptions, score: (hits: Hits) => number): Metric {
  if (options.classes === undefined) return counting(name, options, (counts) => score(hitsOf(counts)[1]!));
  const { classes, average = 'macro' } = options;
  return counting(name, { classes }, (counts) => averaged(hitsOf(counts), score, average));
}
