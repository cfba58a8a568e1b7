import { map, scalar as e } from '@chainrule/tensor';
import { alignTargets } from '@chainrule/tensor/graph';
import { averaging, type Metric } from './metric.ts';

/**
 * The mean of |prediction − target| over all elements of all batches, as Keras' metric MeanAbsoluteError. The loss of one
 * batch has the same name in `@chainrule/losses`.
 *
 * Predictions and targets have the same shape and dtype.
 *
 * @example
 * const error = meanAbsoluteError();
 * error.update(tensor([1, 2]), tensor([0, 4]));
 * error.result(); // => 1.5
 */
export function meanAbsoluteError(): Metric {
  return averaging('meanAbsoluteError', (predictions, targets) => {
    const aligned = alignTargets('meanAbsoluteError', predictions, targets);
    return map((p, t) => e.abs(e.sub(e.cast(p, 'float64'), e.cast(t, 'float64'))), [predictions, aligned]);
  });
}

/**
 * The mean of 100 · |prediction − target| / |target| over all elements of all batches, as Keras'
 * metric MeanAbsolutePercentageError. Targets closer to 0 than 1e-7 count as 1e-7.
 *
 * Predictions and targets have the same shape and dtype.
 *
 * @example
 * const error = meanAbsolutePercentageError();
 * error.update(tensor([110, 190]), tensor([100, 200]));
 * error.result(); // => 7.5
 */
export function meanAbsolutePercentageError(): Metric {
  return averaging('meanAbsolutePercentageError', (predictions, targets) => {
    const aligned = alignTargets('meanAbsolutePercentageError', predictions, targets);
    return map(
      (p, t) => {
        const target = e.cast(t, 'float64');
        return e.div(e.mul(e.abs(e.sub(e.cast(p, 'float64'), target)), 100), e.max(e.abs(target), 1e-7));
      },
      [predictions, aligned],
    );
  });
}
