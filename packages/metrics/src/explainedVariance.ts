import { aCount, checkOptions } from '@chainrule/errors/check';
import { type Metric, streaming } from './metric.ts';
import { addMoments } from './moments.ts';
import { explainedShare, type OutputOptions, outputTables } from './outputs.ts';

/**
 * How much of the targets' variance is explained, where a constant shift does not count: 1 − Var(t − p) / Var(t), the mean
 * of it over the outputs.
 *
 * Predictions and targets are `[…, outputs]`, or `[…]` for one. For targets that are all the same it is 1 if all errors are
 * the same, else 0, as in scikit-learn; NaN where nothing was added.
 *
 * @param options - `outputs` (1)
 * @throws OptionError for outputs that are no positive integer
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
