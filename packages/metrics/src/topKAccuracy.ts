import { aCount, checkOptions } from '@chainrule/errors/check';
import {
  argmax,
  type Expr,
  expandDims,
  map,
  scalar as e,
  squeeze,
  sum,
  takeAlongAxis,
  type Tensor,
} from '@chainrule/tensor';
import { alignTargets, checkLabels } from '@chainrule/tensor/graph';
import { averaging, type Metric } from './metric.ts';

/** Options of the top-k accuracies. */
export interface TopKOptions {
  /** The number of greatest predictions that count. Default 5. */
  readonly k?: number;
}

/**
 * The share of positions whose label is among the k greatest predictions. Ties with the k-th also count, as in Keras.
 *
 * Predictions are `[…, classes]`, and labels int32 of the same shape without the class axis.
 *
 * @param options - `k` (5)
 * @throws OptionError for a k below 1
 * @example
 * const accuracy = sparseTopKAccuracy({ k: 2 });
 * accuracy.update(tensor([[3, 2, 1], [3, 2, 1]]), tensor([1, 2], undefined, 'int32'));
 * accuracy.result(); // => 0.5
 */
export function sparseTopKAccuracy(options: TopKOptions = {}): Metric {
  checkOptions('sparseTopKAccuracy', options, { k: aCount });
  const { k = 5 } = options;
  const name = 'sparseTopKAccuracy';
  return averaging(name, (predictions, labels) => {
    checkLabels(name, predictions, labels);
    return isInTop(predictions, labels, k);
  });
}

/**
 * The share of positions whose greatest target is at one of the k greatest predictions. Ties with the k-th also count, as in
 * Keras.
 *
 * Predictions and targets are `[…, classes]`.
 *
 * @param options - `k` (5)
 * @throws OptionError for a k below 1
 * @example
 * const accuracy = topKAccuracy({ k: 2 });
 * accuracy.update(tensor([[3, 2, 1], [3, 2, 1]]), tensor([[0, 1, 0], [0, 0, 1]]));
 * accuracy.result(); // => 0.5
 */
export function topKAccuracy(options: TopKOptions = {}): Metric {
  checkOptions('topKAccuracy', options, { k: aCount });
  const { k = 5 } = options;
  const name = 'topKAccuracy';
  return averaging(name, (predictions, targets) => {
    const aligned = alignTargets(name, predictions, targets);
    return isInTop(predictions, argmax(aligned, { axis: -1 }), k);
  });
}

/** Whether fewer than k predictions exceed that of the label. NaN and labels outside the classes never count. */
function isInTop(predictions: Tensor, labels: Tensor, k: number): Tensor {
  const classes = predictions.shape.at(-1)!;
  const isClass = (l: Expr): Expr => e.and(e.le(0, l), e.lt(l, classes));
  const own: Tensor = takeAlongAxis(
    predictions,
    expandDims(
      map((l) => e.select(isClass(l), l, 0), [labels]),
      -1,
    ),
  );
  const above: Tensor = sum(
    map((p, o) => e.cast(e.not(e.le(p, o)), 'int32'), [predictions, own]),
    { axis: -1 },
  );
  return map((count, o, l) => e.and(e.and(e.lt(count, k), e.eq(o, o)), isClass(l)), [above, squeeze(own, -1), labels]);
}
