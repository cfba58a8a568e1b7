import { checkLabels } from '@chainrule/tensor/graph';
import { averaging, type Metric } from './metric.ts';
import { hitsLabel } from './nanPredictions.ts';

/**
 * The share of positions whose greatest prediction is at the label.
 *
 * Predictions are `[…, classes]`, logits or probabilities; labels are int32 of the same shape without the class axis. A position with a NaN
 * among its predictions counts as wrong.
 *
 * @example
 * const accuracy = sparseCategoricalAccuracy();
 * accuracy.update(tensor([[1, 2], [4, 3]]), tensor([1, 1], undefined, 'int32'));
 * accuracy.update(tensor([[0, 2], [3, 4]]), tensor([1, 1], undefined, 'int32'));
 * accuracy.result(); // => 0.75
 */
export function sparseCategoricalAccuracy(): Metric {
  return averaging('sparseCategoricalAccuracy', (predictions, labels) => {
    checkLabels('sparseCategoricalAccuracy', predictions, labels);
    return hitsLabel(predictions, labels);
  });
}
