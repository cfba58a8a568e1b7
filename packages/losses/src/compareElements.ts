import { type Expr, map, mean, sum, type Tensor } from '@chainrule/tensor';
import { checkPair, withOpName } from '@chainrule/tensor/graph';
import { averageLoss, checkLoss, counted, lossChecks, type LossOptions, lossWeights } from './averageLoss.ts';

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
