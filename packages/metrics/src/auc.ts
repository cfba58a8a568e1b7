import { aBoolean, checkOptions, integerFrom } from '@chainrule/errors/check';
import { map, reshape, scalar as e, scatterAdd, sigmoid, type Tensor } from '@chainrule/tensor';
import { alignTargets } from '@chainrule/tensor/graph';
import { kindOf } from './checks.ts';
import { poisoned } from './classCounts.ts';
import { type Metric, positionWeights, streaming } from './metric.ts';
import { nanOf } from './nanPredictions.ts';

/** Options of {@link auc}. */
export interface AucOptions {
  /** The number of thresholds, evenly spaced from 0 to 1. Default 200. */
  readonly thresholds?: number;
  /** Whether the predictions are logits (default, as for the losses) or probabilities. */
  readonly fromLogits?: boolean;
}

/**
 * The area under the ROC curve (true positive rate over false positive rate), interpolated between thresholds as in Keras.
 *
 * Predictions are logits, or probabilities with `fromLogits: false`, clipped to [0, 1]. Targets are 0 and 1, of the same shape
 * and dtype. The result is approximate: predictions between two adjacent thresholds count as equal. It is NaN without
 * positives or without negatives, as in scikit-learn (Keras: 0), and after a NaN among the predictions.
 *
 * @param options - `thresholds` (200), `fromLogits` (true)
 * @throws OptionError for fewer than 2 thresholds
 * @example
 * const area = auc({ thresholds: 3, fromLogits: false });
 * area.update(tensor([0, 0.5, 0.3, 0.9]), tensor([0, 0, 1, 1]));
 * area.result(); // => 0.75
 */
export function auc(options: AucOptions = {}): Metric {
  checkOptions('auc', options, { thresholds: integerFrom(2), fromLogits: aBoolean });
  const { thresholds = 200, fromLogits = true } = options;
  const name = 'auc';
  const last = thresholds - 1;
  return streaming({
    name,
    predictions: kindOf(fromLogits),
    sums: { positives: [last], negatives: [last] },
    next([positives, negatives], predictions, targets, weights) {
      const aligned = alignTargets(name, predictions, targets);
      const p: Tensor = fromLogits ? sigmoid(predictions) : predictions;
      const w = poisoned(positionWeights(name, aligned.shape, weights), nanOf(predictions));
      const places = map((v, weight) => e.select(e.eq(weight, 0), 0, placeOf(e.cast(v, 'float64'), last)), [p, w]);
      const flat = (x: Tensor): Tensor => reshape(x, [x.size]);
      const add = (sums: Tensor, wanted: (t: e.Scalar) => e.Scalar): Tensor =>
        scatterAdd(sums, flat(places), flat(map((t, weight) => e.select(wanted(t), weight, 0), [aligned, w])));
      return [add(positives!, (t) => e.gt(t, 0.5)), add(negatives!, (t) => e.le(t, 0.5))];
    },
    result: areaUnder,
  });
}

/** The number of inner thresholds k / last that are less than a prediction; 0 for NaN. */
function placeOf(p: e.Scalar, last: number): e.Scalar {
  const below = e.sub(e.ceil(e.mul(p, last)), 1);
  return e.cast(e.select(e.gt(below, 0), e.min(below, last - 1), 0), 'int32');
}

/** Sums trapezoids from the highest threshold, where every prediction is negative, to the lowest, where every one is positive. */
function areaUnder(positives: readonly number[] = [], negatives: readonly number[] = []): number {
  let [hits, alarms, area] = [0, 0, 0];
  for (let i = positives.length - 1; i >= 0; i--) {
    area += negatives[i]! * (hits + positives[i]! / 2);
    hits += positives[i]!;
    alarms += negatives[i]!;
  }
  return area / (hits * alarms);
}
