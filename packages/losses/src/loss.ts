import type { Tensor } from '@chainrule/tensor';
import type { LossOptions } from './averageLoss.ts';

/** Kinds of predictions: logits, which are unbounded numbers, or probabilities in [0, 1]. */
export type Predictions = 'logits' | 'probabilities';

/**
 * The contract for `compile` of a model: a function of predictions and targets that returns one number, which is
 * Σ w·loss / Σ w if `sampleWeight` is given.
 */
export interface TrainingLoss {
  (predictions: Tensor, targets: Tensor, options: Pick<LossOptions, 'sampleWeight' | 'reportWeight'>): Tensor;
  /** The kind of predictions. `compile` checks that the model and the metrics use the same kind. */
  readonly predictions?: Predictions;
  /** Whether the targets are int32 labels. */
  readonly targets?: 'labels';
}

/** A function of predictions, targets and options that returns one number. */
export type LossFunction<Options extends LossOptions = LossOptions> = (
  predictions: Tensor,
  targets: Tensor,
  options?: Options,
) => Tensor;

/** A loss that declares its kind of predictions, so that `compile` can check the model and the metrics. */
export interface LogitsLoss<Options extends LossOptions = LossOptions> extends LossFunction<Options> {
  /** The kind of predictions unless `fromLogits: false` is set. */
  readonly predictions: Predictions;
  /** Whether the targets are int32 labels. */
  readonly targets?: 'labels';
}

/** A loss whose targets are int32 labels. */
export interface LabelsLoss<Options extends LossOptions = LossOptions> extends LogitsLoss<Options> {
  readonly targets: 'labels';
}

/**
 * Declares that a loss takes logits by default and, optionally, that its targets are labels.
 *
 * @param name - the public name of the loss, for messages; bundlers may rename the function
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
