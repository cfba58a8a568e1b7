import type { Tensor } from '@chainrule/tensor';
import type { LossOptions } from './averageLoss.ts';

/** Kinds of predictions: logits, which are unbounded numbers, or probabilities in [0, 1]. */
export type Predictions = 'logits' | 'probabilities';

/**
 * The contract for `compile` of a model: a function of predictions and targets to one number. With `sampleWeight` the number
 * is Σ w·loss / Σ w.
 */
export interface TrainingLoss {
  (predictions: Tensor, targets: Tensor, options: Pick<LossOptions, 'sampleWeight' | 'reportWeight'>): Tensor;
  /** The predictions that it takes. `compile` compares them with the model and the metrics. */
  readonly predictions?: Predictions;
  /** Says that the targets are int32 labels. */
  readonly targets?: 'labels';
}

/** A function of predictions, targets and options to one number. */
export type LossFunction<Options extends LossOptions = LossOptions> = (
  predictions: Tensor,
  targets: Tensor,
  options?: Options,
) => Tensor;

/** A loss that declares its predictions, so that `compile` can compare them with the model and the metrics. */
export interface LogitsLoss<Options extends LossOptions = LossOptions> extends LossFunction<Options> {
  /** The predictions without `fromLogits: false`. */
  readonly predictions: Predictions;
  /** Says that the targets are int32 labels. */
  readonly targets?: 'labels';
}

/** A loss whose targets are int32 labels. */
export interface LabelsLoss<Options extends LossOptions = LossOptions> extends LogitsLoss<Options> {
  readonly targets: 'labels';
}

/**
 * Marks a loss as taking logits by default, and optionally labels as targets.
 *
 * @param name - the loss's public name, for messages. Bundlers rename functions, so the function's own name may differ
 */
export function takesLogits<Options extends LossOptions>(
  name: string,
  loss: LossFunction<Options>,
  targets: 'labels',
): LabelsLoss<Options>;
export function takesLogits<Options extends LossOptions>(
  name: string,
  loss: LossFunction<Options>,
): LogitsLoss<Options>;
export function takesLogits<Options extends LossOptions>(
  name: string,
  loss: LossFunction<Options>,
  targets?: 'labels',
): LogitsLoss<Options> {
  Object.defineProperty(loss, 'name', { value: name });
  return Object.assign(loss, { predictions: 'logits' as const }, targets && { targets });
}
