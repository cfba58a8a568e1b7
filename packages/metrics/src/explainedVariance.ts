import { aCount, checkOptions } from '@chainrule/errors/check';
import { type Metric, streaming } from './metric.ts';
import { addMoments } from './moments.ts';
import { explainedShare, type OutputOptions, outputTables } from './outputs.ts';

/**
 * The share of the targets' variance that the predictions explain, ignoring a constant offset: 1 − Var(t − p) / Var(t),
 * averaged over the outputs.
 *
 * Predictions and targets are `[…, outputs]`, or `[…]` for one output. If all targets are equal, the result is 1 if all errors
 * are equal, and 0 otherwise, as in scikit-learn. It is NaN without samples.
 *
 * @param options - `outputs` (1)
 * @throws OptionError if `outputs` is not a positive integer
 * @example
 * const score = explainedVariance();
 * score.update(tensor([2, 3, 4]), tensor([1, 2, 3]));
 * score.result(); // => 1
 */
export function explainedVariance(options: OutputOptions = {}): Metric {
  checkOptions('explainedVariance', options, { outputs: aCount });
  const { outputs = 1 } = options;
  const columns = [outputs];
  return streaming({
    name: 'explainedVariance',
    sums: { weight: [], mean: columns, deviations: columns, errorMean: columns, errorDeviations: columns },
    next([weight, mean, deviations, errorMean, errorDeviations], predictions, targets, weights) {
      const tables = outputTables('explainedVariance', outputs, predictions, targets, weights);
      const ofErrors = addMoments([weight!, errorMean!, errorDeviations!], tables.errors, tables.weights);
      return [...addMoments([weight!, mean!, deviations!], tables.targets, tables.weights), ...ofErrors.slice(1)];
    },
    result: ([weight], _mean, deviations, _errorMean, errorDeviations) =>
      weight === 0 ? NaN : explainedShare(deviations, errorDeviations),
  });
}
