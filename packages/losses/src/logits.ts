import type { Tensor } from '@chainrule/tensor';
import type { LossOptions } from './averageLoss.ts';

/** What a model's outputs are: any numbers, or probabilities in [0, 1]. */
export type Predictions = 'logits' | 'probabilities';

/** A loss: a function of predictions, targets and options to one number. */
export type LossFunction<Options extends LossOptions = LossOptions> = (
  predictions: Tensor,
  targets: Tensor,
  options?: Options,
) => Tensor;

/** A loss that says which predictions it takes, so that `compile` can compare them with the model's and the metrics'. */
export interface LogitsLoss<Options extends LossOptions = LossOptions> extends LossFunction<Options> {
  /** Without `fromLogits: false`. */
  readonly predictions: Predictions;
  /** Whether the targets are int32 labels. */
  readonly targets?: 'labels';
}

/**
 * Marks a loss that takes logits by default, and one that takes labels as targets.
 *
 * @param name - the loss's public name, for messages. Bundlers rename functions, so the function's own name may differ
 */
export function takesLogits<Options extends LossOptions>(
  name: string,
  loss: LossFunction<Options>,
  targets?: 'labels',
): LogitsLoss<Options> {
  Object.defineProperty(loss, 'name', { value: name });
  return Object.assign(loss, { predictions: 'logits' as const }, targets && { targets });
}
