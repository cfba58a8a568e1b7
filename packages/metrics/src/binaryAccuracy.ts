import { aBoolean, checkOptions, upToOne } from '@chainrule/errors/check';
import { map, scalar as e } from '@chainrule/tensor';
import { alignTargets } from '@chainrule/tensor/graph';
import { kindOf, thresholdOf } from './checks.ts';
import { averaging, type Metric } from './metric.ts';

/** Options of binary metrics. */
export interface BinaryOptions {
  /** Probabilities above it count as positive. Default 0.5. */
  readonly threshold?: number;
  /** Whether the predictions are logits (default, as for the losses) or probabilities. */
  readonly fromLogits?: boolean;
}

/**
 * The share of predictions that are on the same side of the threshold as their target. Every element counts, and NaN as
 * wrong.
 *
 * @param options - `threshold` (0.5), `fromLogits` (true)
 * @throws OptionError for a threshold outside [0, 1]
 * @example
 * const accuracy = binaryAccuracy();
 * accuracy.update(tensor([[4], [0.5], [-3], [0.4]]), tensor([[1], [1], [0], [0]]));
 * accuracy.result(); // => 0.75
 */
export function binaryAccuracy(options: BinaryOptions = {}): Metric {
  checkOptions('binaryAccuracy', options, { threshold: upToOne, fromLogits: aBoolean });
  const { threshold = 0.5, fromLogits = true } = options;
  const name = 'binaryAccuracy';
  const limit = thresholdOf(name, threshold, fromLogits);
  return averaging(
    name,
    (predictions, targets) => {
      const aligned = alignTargets(name, predictions, targets);
      return map((p, t) => e.and(e.eq(e.select(e.gt(p, limit), 1, 0), t), e.eq(p, p)), [predictions, aligned]);
    },
    { predictions: kindOf(fromLogits) },
  );
}
