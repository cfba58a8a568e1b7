import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { logSoftmax, map, scalar as e } from '@chainrule/tensor';
import { aTensor } from '@chainrule/tensor/graph';
import { kindOf } from './checks.ts';
import type { ProbabilityOptions } from './logLoss.ts';
import { averaging, type Metric } from './metric.ts';
import { ofLabels } from './ofLabels.ts';

/** Options of {@link perplexity}. */
export type PerplexityOptions = ProbabilityOptions;

/**
 * The number of equally likely tokens among which an equally uncertain model would choose: exp of the mean of −ln p[label].
 *
 * Predictions are `[…, classes]`, and labels int32 of the same shape without the class axis. A label outside the classes has
 * probability 0. Exclude padding by weights of 0.
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
