import { argmax, equal } from '@chainrule/tensor';
import { alignTargets } from '@chainrule/tensor/graph';
import { averaging, type Metric } from './metric.ts';

/**
 * The share of samples whose greatest prediction is at the greatest target.
 *
 * Predictions and targets are `[…, classes]`, such as logits and one-hot rows.
 *
 * @example
 * const accuracy = categoricalAccuracy();
 * accuracy.update(tensor([[1, 2], [4, 3]]), tensor([[0, 1], [0, 1]]));
 * accuracy.result(); // => 0.5
 */
export function categoricalAccuracy(): Metric {
  return averaging('categoricalAccuracy', (predictions, targets) => {
    const aligned = alignTargets('categoricalAccuracy', predictions, targets);
    return equal(argmax(predictions, { axis: -1 }), argmax(aligned, { axis: -1 }));
  });
}
