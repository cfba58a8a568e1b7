import { anything, checkOptions } from '@chainrule/errors/check';
import type { Values } from './arrays.ts';
import { ratio } from './classCounts.ts';
import { type CurveOptions, sumsFromTop } from './rocCurve.ts';

/** The result of {@link precisionRecallCurve}. */
export interface PrecisionRecallCurve {
  /** The precision at each threshold: the share of positives among samples that reach it; finally 1. */
  readonly precision: readonly number[];
  /** The recall at each threshold: the share of positives that reach it, in descending order; finally 0. */
  readonly recall: readonly number[];
  /** The scores in ascending order; one fewer than points. */
  readonly thresholds: readonly number[];
  /** The average precision Σ (Rₙ − Rₙ₋₁)·Pₙ: the area under the step curve. */
  readonly area: number;
}

/**
 * Computes precision and recall for every score as a threshold.
 *
 * @param labels - `[samples]`, 0 and 1, a tensor or a list
 * @param scores - `[samples]`, logits or probabilities of the positive class
 * @param options - `weights` of samples
 * @returns the curve. Recall is 1 without positives, as in scikit-learn
 * @throws ShapeError for different lengths; ValueError for invalid labels, NaN or negative weights
 * @example
 * const { precision, recall, area } = precisionRecallCurve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]);
 * recall; // => [1,1,0.5,0.5,0]
 * precision[0]; // => 0.5
 * area.toFixed(4); // => 0.8333
 */
export function precisionRecallCurve(labels: Values, scores: Values, options: CurveOptions = {}): PrecisionRecallCurve {
  checkOptions('precisionRecallCurve', options, { weights: anything });
  const { thresholds, positives, negatives } = sumsFromTop('precisionRecallCurve', labels, scores, options);
  const all = positives.at(-1) ?? 0;
  const precision = [1, ...positives.map((sum, i) => ratio(sum, sum + negatives[i]!))];
  const recall = [0, ...positives.map((sum) => (all === 0 ? 1 : sum / all))];
  const steps = recall.map((r, i) => (i === 0 ? 0 : (r - recall[i - 1]!) * precision[i]!));
  return {
    precision: precision.reverse(),
    recall: recall.reverse(),
    thresholds: [...thresholds].reverse(),
    area: thresholds.length === 0 ? NaN : steps.reduce((a, b) => a + b, 0),
  };
}
