import { argmax, aTensor, cast, equal, type Tensor } from '@chainrule/tensor';
import { checkLabels, withOpName } from '@chainrule/tensor/graph';

/**
 * Whether the largest prediction is at the label: 1 where it is, else 0.
 *
 * @param predictions - `[…, classes]`, logits or probabilities
 * @param labels - int32, `predictions`' shape without the classes
 * @returns `labels`' shape, float32; its mean is the accuracy. The metric of a whole data set is {@link sparseCategoricalAccuracy}
 * @throws ShapeError, DTypeError when the two do not fit together
 * @example
 * sparseCategoricalAccuracyOf(tensor([[1, 2], [4, 3]]), tensor([1, 1], undefined, 'int32')).toArray(); // => 1,0
 */
export function sparseCategoricalAccuracyOf(predictions: Tensor, labels: Tensor): Tensor {
  const name = 'sparseCategoricalAccuracyOf';
  aTensor(name, 'predictions', predictions);
  aTensor(name, 'labels', labels);
  checkLabels(name, predictions, labels);
  return withOpName(name, () => cast(equal(argmax(predictions, { axis: -1 }), labels), 'float32'));
}
