import { anything, checkOptions } from '@chainrule/errors/check';
import type { Values } from './arrays.ts';
import { ratio } from './classCounts.ts';
import { type CurveOptions, sumsFromTop } from './rocCurve.ts';

/** The curve of {@link precisionRecallCurve}. */
export interface PrecisionRecallCurve {
  /** The share of positives among the samples at or above each threshold; at last 1. */
  readonly precision: readonly number[];
  /** The share of the positives at or above each threshold, falling; at last 0. */
  readonly recall: readonly number[];
  /** Rising scores: one fewer than there are points. */
  readonly thresholds: readonly number[];
  /** The average precision Σ (Rₙ − Rₙ₋₁)·Pₙ: the area under the curve as steps. */
  readonly area: number;
}

/**
 * Precision and recall of the samples whose score reaches a threshold, for every threshold.
 *
 * @param labels - `[samples]`, 0 and 1, a tensor or a list
 * @param scores - `[samples]`, logits or probabilities of a yes
 * @param options - `weights` of samples
 * @returns a recall of 1 where there are no positives, as in scikit-learn
 * @throws ShapeError for different lengths; ValueError for other labels, NaN or negative weights
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
