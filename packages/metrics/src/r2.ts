import { aCount, checkOptions } from '@chainrule/errors/check';
import { map, scalar as e, sum, type Tensor } from '@chainrule/tensor';
import { type Metric, streaming, weighed } from './metric.ts';
import { addMoments, squareOf } from './moments.ts';
import { explainedShare, type OutputOptions, outputTables } from './outputs.ts';

/** Options of {@link r2}. */
export type R2Options = OutputOptions;

/**
 * The coefficient of determination: 1 − Σw(t − p)² / Σw(t − t̄)², averaged over the outputs.
 *
 * Predictions and targets are `[…, outputs]`, or `[…]` for one output. If all targets are equal, the result is 1 if all
 * predictions are correct, and 0 otherwise, as in scikit-learn. It is NaN without samples. Combines the means and squared
 * deviations of batches (Chan, Golub, LeVeque 1979), which avoids cancellation for targets far from 0.
 *
 * @param options - `outputs` (1)
 * @throws OptionError if `outputs` is not a positive integer
 * @example
 * const score = r2();
 * score.update(tensor([1, 2, 4]), tensor([1, 2, 3]));
 * score.result(); // => 0.5
 */
export function r2(options: R2Options = {}): Metric {
  checkOptions('r2', options, { outputs: aCount });
  const { outputs = 1 } = options;
  return streaming({
    name: 'r2',
    sums: { weight: [], mean: [outputs], deviations: [outputs], residuals: [outputs] },
    next([weight, mean, deviations, residuals], predictions, targets, weights) {
      const tables = outputTables('r2', outputs, predictions, targets, weights);
      const squares = map((error) => squareOf(error), [tables.errors]);
      const added: Tensor = sum(weighed(squares, tables.weights), { axis: 0 });
      return [
        ...addMoments([weight!, mean!, deviations!], tables.targets, tables.weights),
        map((r, x) => e.add(r, x), [residuals!, added]),
      ];
    },
    result: ([weight], _mean, deviations, residuals) => (weight === 0 ? NaN : explainedShare(deviations, residuals)),
  });
}
