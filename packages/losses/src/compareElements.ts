import { type Expr, map, mean, sum, type Tensor } from '@chainrule/tensor';
import { alignTargets, withOpName } from '@chainrule/tensor/graph';
import { averageLoss, checkLoss, counted, lossChecks, type LossOptions, lossWeights } from './averageLoss.ts';

/** Checks predictions and targets, and replaces those with weight 0 by constants. */
export function countedPair(
  name: string,
  predictions: Tensor,
  targets: Tensor,
  options: LossOptions,
  positions: readonly number[] = predictions.shape.slice(0, -1),
): readonly [predictions: Tensor, targets: Tensor] {
  const aligned = alignTargets(name, predictions, targets);
  const weights = lossWeights(name, positions, predictions.dtype, options);
  return [counted(predictions, weights), counted(aligned, weights)];
}

/** The positions of an elementwise loss. In a vector, each element is a sample. */
export function positionsOf({ rank, shape }: Tensor): readonly number[] {
  return rank < 2 ? shape : shape.slice(0, -1);
}

/**
 * Computes the loss of each element and, for each sample, its mean (or sum) over the last axis. In a vector, each element is
 * a sample.
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
