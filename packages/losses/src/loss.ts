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
  /** Whether the targets are int32 labels, or values in the shape of the predictions. Other losses do not say. */
  readonly targets?: 'labels' | 'values';
}

/** A function of predictions, targets and options that returns one number. */
export type LossFunction<Options extends LossOptions = LossOptions> = (
  predictions: Tensor,
  targets: Tensor,
  options?: Options,
) => Tensor;

/** A loss that compares predictions with targets of their shape. A last axis of 1 may be missing from the targets. */
export interface ValuesLoss<Options extends LossOptions = LossOptions> extends LossFunction<Options> {
  readonly targets: 'values';
  /** The kind of predictions, if the loss takes only one. */
  readonly predictions?: Predictions;
}

/** A loss that takes logits, or probabilities with `fromLogits: false`. */
export interface LogitsLoss<Options extends LossOptions = LossOptions> extends ValuesLoss<Options> {
  /** The kind of predictions unless `fromLogits: false` is set. */
  readonly predictions: Predictions;
}

/** A loss whose targets are int32 labels. */
export interface LabelsLoss<Options extends LossOptions = LossOptions> extends LossFunction<Options> {
  readonly targets: 'labels';
  /** The kind of predictions unless `fromLogits: false` is set. */
  readonly predictions: Predictions;
}

/**
 * Makes a loss that declares what it takes, so that `compile` can check the model, the metrics and the targets.
 *
 * @param name - the public name of the loss, for messages; bundlers may rename the function
 */
export function defineLoss<Options extends LossOptions, Kinds extends Pick<TrainingLoss, 'predictions' | 'targets'>>(
  name: string,
  kinds: Kinds,
  loss: LossFunction<Options>,
): LossFunction<Options> & Kinds {
  Object.defineProperty(loss, 'name', { value: name });
  return Object.assign(loss, kinds);
}
