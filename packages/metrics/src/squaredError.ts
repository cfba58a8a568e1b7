import { type Expr, map, scalar as e, type Tensor } from '@chainrule/tensor';
import { checkPair } from '@chainrule/tensor/graph';
import { averaging, type Metric } from './metric.ts';

/**
 * The mean of (prediction − target)² over everything: Keras' metric MeanSquaredError. (The name `meanSquaredError` is
 * the loss'; a metric is a mean anyway.)
 *
 * Predictions and targets have one shape; every element counts.
 *
 * @example
 * const error = squaredError();
 * error.update(tensor([1, 2]), tensor([0, 4]));
 * error.result(); // => 2.5
 */
export function squaredError(): Metric {
  return averaging('squaredError', (predictions, targets) => squaresOf('squaredError', predictions, targets));
}

/**
 * The root of the mean of (prediction − target)² over everything.
 *
 * @example
 * const error = rootSquaredError();
 * error.update(tensor([3, 4]), tensor([0, 0]));
 * error.result().toFixed(4); // => 3.5355
 */
export function rootSquaredError(): Metric {
  return averaging('rootSquaredError', (predictions, targets) => squaresOf('rootSquaredError', predictions, targets), {
    finish: Math.sqrt,
  });
}

function squaresOf(name: string, predictions: Tensor, targets: Tensor): Tensor {
  checkPair(name, predictions, targets);
  const square = (x: Expr): Expr => e.mul(x, x);
  return map((p, t) => square(e.sub(e.cast(p, 'float64'), e.cast(t, 'float64'))), [predictions, targets]);
}
