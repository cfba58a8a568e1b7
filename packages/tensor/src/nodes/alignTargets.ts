import { checkPair } from '../array/checkTargets.ts';
import { isFloat } from '../array/dtype.ts';
import { sameShape } from '../array/shape.ts';
import { isTensor, type Tensor } from '../array/tensor.ts';
import { castNode } from './cast.ts';
import { reshapeNode } from './view.ts';

/**
 * Gives targets the form of their predictions: `[n]` becomes `[n, 1]` for predictions `[n, 1]`, and integers become
 * floats. Labels of two classes fit a model with one output as they come.
 *
 * @param op - the loss or metric, for the error
 * @returns `targets` with shape and dtype of `predictions`
 * @throws DTypeError for predictions that are not floats, or targets of another floating dtype; ShapeError for another
 *   shape
 * @example
 * alignTargets('hinge', tensor([[0.5], [2]]), tensor([0, 1], 'int32')).toArray(); // => [[0],[1]]
 */
export function alignTargets(op: string, predictions: Tensor, targets: Tensor): Tensor {
  if (!isTensor(predictions) || !isTensor(targets)) checkPair(op, predictions, targets);
  const isColumn = predictions.shape.at(-1) === 1 && sameShape(targets.shape, predictions.shape.slice(0, -1));
  const shaped = isColumn ? reshapeNode(targets, predictions.shape) : targets;
  const aligned = isFloat(predictions.dtype) && !isFloat(shaped.dtype) ? castNode(shaped, predictions.dtype) : shaped;
  checkPair(op, predictions, aligned);
  return aligned;
}
