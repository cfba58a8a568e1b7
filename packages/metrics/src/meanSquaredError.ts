import { type Expr, map, scalar as e, type Tensor } from '@chainrule/tensor';
import { alignTargets } from '@chainrule/tensor/graph';
import { averaging, type Metric } from './metric.ts';

/**
 * The mean of (prediction − target)² over all elements of all batches, as Keras' metric MeanSquaredError. The loss of one
 * batch has the same name in `@chainrule/losses`.
 *
 * Predictions and targets have the same shape and dtype.
 *
 * @example
 * const error = meanSquaredError();
 * error.update(tensor([1, 2]), tensor([0, 4]));
 * error.result(); // => 2.5
 */
export function meanSquaredError(): Metric {
  return averaging('meanSquaredError', (predictions, targets) => squaresOf('meanSquaredError', predictions, targets));
}

/**
 * The root of the mean of (prediction − target)² over all elements of all batches.
 *
 * @example
 * const error = rootMeanSquaredError();
 * error.update(tensor([3, 4]), tensor([0, 0]));
 * error.result().toFixed(4); // => 3.5355
 */
export function rootMeanSquaredError(): Metric {
  return averaging(
    'rootMeanSquaredError',
    (predictions, targets) => squaresOf('rootMeanSquaredError', predictions, targets),
    {
      finish: Math.sqrt,
    },
  );
}

function squaresOf(name: string, predictions: Tensor, targets: Tensor): Tensor {
  const aligned = alignTargets(name, predictions, targets);
  const square = (x: Expr): Expr => e.mul(x, x);
  return map((p, t) => square(e.sub(e.cast(p, 'float64'), e.cast(t, 'float64'))), [predictions, aligned]);
}
