import { aCount, checkOptions } from '@chainrule/errors/check';
import { map, scalar as e, sum, type Tensor } from '@chainrule/tensor';
import { type Metric, streaming, weighed } from './metric.ts';
import { addMoments, squareOf } from './moments.ts';
import { explainedShare, type OutputOptions, outputTables } from './outputs.ts';

/** Options of {@link r2}. */
export type R2Options = OutputOptions;

/**
 * How much of the targets' variance is explained: 1 − Σw(t − p)² / Σw(t − t̄)², the mean of it over the outputs.
 *
 * Predictions and targets are `[…, outputs]`, or `[…]` for one. For targets that are all the same it is 1 if all
 * predictions are right, else 0, as in scikit-learn; NaN where nothing was added. Batches are joined by their means and
 * squared deviations (Chan, Golub, LeVeque 1979), so that targets far from 0 lose no digits.
 *
 * @param options - `outputs` (1)
 * @throws OptionError for outputs that are no positive integer
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
