import { DTypeError, ShapeError, showShape } from '@chainrule/errors';
import { type Expr, isFloat, map, mean, sum, type Tensor } from '@chainrule/tensor';
import { sameShape, withOpName } from '@chainrule/tensor/graph';
import { averageLoss, checkLoss, counted, lossChecks, type LossOptions, lossWeights } from './averageLoss.ts';

/** Refuses predictions and targets that differ in shape or dtype. */
export function checkPair(name: string, predictions: Tensor, targets: Tensor): void {
  if (!isFloat(predictions.dtype))
    throw new DTypeError(`${name}: \`predictions\` must be float32 or float64, got ${predictions.dtype}`);
  if (targets.dtype !== predictions.dtype) {
    throw new DTypeError(
      `${name}: \`targets\` must be ${predictions.dtype} as the predictions are, got ${targets.dtype}; convert them with \`cast\``,
    );
  }
  if (!sameShape(predictions.shape, targets.shape)) {
    throw new ShapeError(
      `${name}: \`targets\` must have the predictions' shape ${showShape(predictions.shape)}, got ${showShape(targets.shape)}`,
    );
  }
}

/** Predictions and targets as a loss takes them: checked, and with constants at the positions of weight 0. */
export function countedPair(
  name: string,
  predictions: Tensor,
  targets: Tensor,
  options: LossOptions,
  positions: readonly number[] = predictions.shape.slice(0, -1),
): readonly [predictions: Tensor, targets: Tensor] {
  checkPair(name, predictions, targets);
  const weights = lossWeights(name, positions, predictions.dtype, options);
  return [counted(predictions, weights), counted(targets, weights)];
}

/** The positions of what is compared element by element: a vector's elements are the samples. */
export function positionsOf({ rank, shape }: Tensor): readonly number[] {
  return rank < 2 ? shape : shape.slice(0, -1);
}

/**
 * A loss of each element, averaged (or summed) over the last axis to one a sample; a vector's elements are the samples.
 */
export function compareElements(
  name: string,
  predictions: Tensor,
  targets: Tensor,
  options: LossOptions,
  build: (prediction: Expr, target: Expr) => Expr,
  join: 'mean' | 'sum' = 'mean',
): Tensor {
  checkLoss(name, { predictions, targets }, options, lossChecks);
  return withOpName(name, () => {
    const losses: Tensor = map(build, countedPair(name, predictions, targets, options, positionsOf(predictions)));
    const samples: Tensor =
      losses.rank < 2 ? losses : join === 'mean' ? mean(losses, { axis: -1 }) : sum(losses, { axis: -1 });
    return averageLoss(name, samples, options);
  });
}
