import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { logSigmoid, logSoftmax, map, scalar as e, type Tensor } from '@chainrule/tensor';
import { alignTargets } from '@chainrule/tensor/graph';
import { kindOf } from './checks.ts';
import { averaging, type Metric } from './metric.ts';
import { ofLabels } from './ofLabels.ts';

/** Options of metrics of probabilities. */
export interface ProbabilityOptions {
  /** Whether the predictions are logits (default, as for the losses) or probabilities. */
  readonly fromLogits?: boolean;
}

/**
 * The mean of −ln p of the correct class, over all batches.
 *
 * Predictions are `[…, classes]` with int32 labels of the same shape without the class axis; or of the positive class, with
 * targets 0 and 1 of the same shape and dtype. Probabilities are clipped to [ε, 1 − ε] of their dtype, as in scikit-learn;
 * logits need no clipping.
 *
 * @param options - `fromLogits` (true)
 * @example
 * const measure = logLoss({ fromLogits: false });
 * measure.update(tensor([0.5, 0.25]), tensor([1, 0]));
 * measure.result().toFixed(4); // => 0.4904
 */
export function logLoss(options: ProbabilityOptions = {}): Metric {
  checkOptions('logLoss', options, { fromLogits: aBoolean });
  const { fromLogits = true } = options;
  const name = 'logLoss';
  return averaging(
    name,
    (predictions, targets) => {
      if (targets.rank < predictions.rank && predictions.shape.at(-1) !== 1)
        return ofLabels(
          name,
          fromLogits ? logSoftmax(predictions) : logOf(predictions),
          targets,
          (log) => e.neg(log),
          Infinity,
        );
      const aligned = alignTargets(name, predictions, targets);
      const yes: Tensor = fromLogits ? logSigmoid(predictions) : logOf(predictions);
      const no: Tensor = fromLogits
        ? logSigmoid(map((x) => e.neg(x), [predictions]))
        : logOf(map((p) => e.sub(1, p), [predictions]));
      return map(
        (t, a, b) => e.neg(e.add(e.select(e.gt(t, 0), e.mul(t, a), 0), e.select(e.lt(t, 1), e.mul(e.sub(1, t), b), 0))),
        [aligned, yes, no],
      );
    },
    { predictions: kindOf(fromLogits) },
  );
}

function logOf(probabilities: Tensor): Tensor {
  const least = probabilities.dtype === 'float64' ? Number.EPSILON : 2 ** -23;
  return map((p) => e.log(e.min(e.max(p, least), 1 - least)), [probabilities]);
}
