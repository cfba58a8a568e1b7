import { cast, type Tensor } from '@chainrule/tensor';
import { aTensor, checkLabels, withOpName } from '@chainrule/tensor/graph';
import { hitsLabel } from './nanPredictions.ts';

/**
 * Compares the greatest prediction of each position with its label: 1 if they are equal, and 0 otherwise and
 * where a prediction is NaN.
 *
 * @param predictions - `[…, classes]`, logits or probabilities
 * @param labels - int32, of the shape of `predictions` without the class axis
 * @returns float32, of the shape of `labels`; its mean is the accuracy. {@link sparseCategoricalAccuracy} is the streaming metric
 * @throws ShapeError, DTypeError if predictions and labels do not match
 * @example
 * sparseCategoricalAccuracyOf(tensor([[1, 2], [4, 3]]), tensor([1, 1], undefined, 'int32')).toArray(); // => 1,0
 */
export function sparseCategoricalAccuracyOf(predictions: Tensor, labels: Tensor): Tensor {
  const name = 'sparseCategoricalAccuracyOf';
  aTensor(name, 'predictions', predictions);
  aTensor(name, 'labels', labels);
  checkLabels(name, predictions, labels);
  return withOpName(name, () => cast(hitsLabel(predictions, labels), 'float32'));
}
