import { map, scalar as e } from '@chainrule/tensor';
import { checkPair } from '@chainrule/tensor/graph';
import { averaging, type Metric } from './metric.ts';

/**
 * The mean of |prediction − target| over everything: Keras' metric MeanAbsoluteError. (The name `meanAbsoluteError` is
 * the loss'; a metric is a mean anyway.)
 *
 * Predictions and targets have one shape; every element counts.
 *
 * @example
 * const error = absoluteError();
 * error.update(tensor([1, 2]), tensor([0, 4]));
 * error.result(); // => 1.5
 */
export function absoluteError(): Metric {
  return averaging('absoluteError', (predictions, targets) => {
    checkPair('absoluteError', predictions, targets);
    return map((p, t) => e.abs(e.sub(e.cast(p, 'float64'), e.cast(t, 'float64'))), [predictions, targets]);
  });
}

/**
 * The mean of 100 · |prediction − target| / |target| over everything, in percent of the target: Keras' metric
 * MeanAbsolutePercentageError. A target nearer to 0 than 1e-7 counts as 1e-7.
 *
 * Predictions and targets have one shape; every element counts.
 *
 * @example
 * const error = absolutePercentageError();
 * error.update(tensor([110, 190]), tensor([100, 200]));
 * error.result(); // => 7.5
 */
export function absolutePercentageError(): Metric {
  return averaging('absolutePercentageError', (predictions, targets) => {
    checkPair('absolutePercentageError', predictions, targets);
    return map(
      (p, t) => {
        const target = e.cast(t, 'float64');
        return e.div(e.mul(e.abs(e.sub(e.cast(p, 'float64'), target)), 100), e.max(e.abs(target), 1e-7));
      },
      [predictions, targets],
    );
  });
}
