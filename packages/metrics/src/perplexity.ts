import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { expandDims, logSoftmax, map, scalar as e, squeeze, takeAlongAxis, type Tensor } from '@chainrule/tensor';
import { checkLabels } from '@chainrule/tensor/graph';
import { kindOf } from './checks.ts';
import { averaging, type Metric } from './metric.ts';

/** Options of {@link perplexity}. */
export interface PerplexityOptions {
  /** Whether the predictions are logits (default, as for the losses), or probabilities. */
  readonly fromLogits?: boolean;
}

/**
 * Among how many equally likely tokens a model that is as unsure would choose: exp of the mean of −ln p[label].
 *
 * Predictions are `[…, classes]`, labels int32, the same shape without the classes. A label outside of the classes has
 * probability 0; padding is told by weights of 0.
 *
 * @param options - `fromLogits` (true)
 * @example
 * const measure = perplexity({ fromLogits: false });
 * measure.update(tensor([[0.5, 0.5], [0.125, 0.875]]), tensor([1, 0], undefined, 'int32'));
 * measure.result().toFixed(4); // => 4.0000
 */
export function perplexity(options: PerplexityOptions = {}): Metric {
  checkOptions('perplexity', options, { fromLogits: aBoolean });
  const { fromLogits = true } = options;
  const name = 'perplexity';
  return averaging(
    name,
    (predictions, labels) => {
      checkLabels(name, predictions, labels);
      const classes = predictions.shape.at(-1)!;
      const isClass = (l: e.Scalar): e.Scalar => e.and(e.le(0, l), e.lt(l, classes));
      const logs: Tensor = fromLogits ? logSoftmax(predictions) : map((p) => e.log(p), [predictions]);
      const own: Tensor = takeAlongAxis(
        logs,
        expandDims(
          map((l) => e.select(isClass(l), l, 0), [labels]),
          -1,
        ),
      );
      return map((log, l) => e.select(isClass(l), e.neg(log), Infinity), [squeeze(own, -1), labels]);
    },
    { finish: Math.exp, predictions: kindOf(fromLogits) },
  );
}
