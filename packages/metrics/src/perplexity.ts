import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { aTensor, logSoftmax, map, scalar as e } from '@chainrule/tensor';
import { kindOf } from './checks.ts';
import type { ProbabilityOptions } from './logLoss.ts';
import { averaging, type Metric } from './metric.ts';
import { ofLabels } from './ofLabels.ts';

/** Options of {@link perplexity}. */
export type PerplexityOptions = ProbabilityOptions;

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
      aTensor(name, 'predictions', predictions);
      return ofLabels(
        name,
        fromLogits ? logSoftmax(predictions) : map((p) => e.log(p), [predictions]),
        labels,
        (log) => e.neg(log),
        Infinity,
      );
    },
    { finish: Math.exp, predictions: kindOf(fromLogits) },
  );
}
