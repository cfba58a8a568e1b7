import { map, scalar as e } from '@chainrule/tensor';
import { checkPair } from './checks.ts';
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
