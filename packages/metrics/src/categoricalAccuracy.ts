import { argmax } from '@chainrule/tensor';
import { alignTargets } from '@chainrule/tensor/graph';
import { averaging, type Metric } from './metric.ts';
import { hitsLabel } from './nanPredictions.ts';

/**
 * The share of samples whose greatest prediction is at the greatest target.
 *
 * Predictions and targets are `[…, classes]`, such as logits and one-hot rows. A sample with a NaN among its
 * predictions counts as wrong.
 *
 * @example
 * const accuracy = categoricalAccuracy();
 * accuracy.update(tensor([[1, 2], [4, 3]]), tensor([[0, 1], [0, 1]]));
 * accuracy.result(); // => 0.5
 */
export function categoricalAccuracy(): Metric {
  return averaging('categoricalAccuracy', (predictions, targets) => {
    const aligned = alignTargets('categoricalAccuracy', predictions, targets);
    return hitsLabel(predictions, argmax(aligned, { axis: -1 }));
  });
}
