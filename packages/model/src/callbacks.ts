import type { Tensor } from '@chainrule/tensor';
import type { TrainingBatch, TrainingData } from './batches.ts';
import type { Model } from './model.ts';
import type { State } from './steps.ts';
import type { Logs } from './trainingMetric.ts';

// Callbacks get the trainer, which takes callbacks: these types need one another.

/** The average loss of an epoch and its metrics, and those of the validation after it. */
export interface EpochLogs extends Logs {
  readonly epoch: number;
}

/** What every callback may use. */
export interface TrainingControl {
  readonly trainer: Trainer;
  /** Ends `fit` after the present epoch. */
  readonly stop: () => void;
}

/** Where an epoch is; `batches` is their number where the data tell it. */
export interface EpochPosition {
  readonly epoch: number;
  readonly epochs: number;
  readonly batches: number | undefined;
}

/** What `fit` tells while it runs; it waits for promises. Epochs and batches count from 0. */
export interface Callbacks {
  onTrainBegin?(control: TrainingControl): void | Promise<void>;
  onEpochBegin?(at: EpochPosition, control: TrainingControl): void | Promise<void>;
  onBatchBegin?(at: EpochPosition & { readonly batch: number }, control: TrainingControl): void | Promise<void>;
  /** `logs` are the loss and the metrics of the epoch so far; without a callback for it, metrics are read once an epoch. */
  onBatchEnd?(at: EpochPosition & { readonly batch: number; readonly logs: Logs }, control: TrainingControl): void | Promise<void>;
  /** Before and after the validation data are gone through. */
  onValidationBegin?(at: EpochPosition, control: TrainingControl): void | Promise<void>;
  onValidationEnd?(logs: Logs, control: TrainingControl): void | Promise<void>;
  onEpochEnd?(logs: EpochLogs, control: TrainingControl): void | Promise<void>;
  /** Also after an early end. */
  onTrainEnd?(history: readonly EpochLogs[], control: TrainingControl): void | Promise<void>;
  /** In place of `onTrainEnd` where training fails, by an error of a callback too; `fit` throws the error after it. */
  onTrainError?(error: unknown, control: TrainingControl): void | Promise<void>;
}

/** Options of `fit`. */
export interface FitOptions extends Callbacks {
  /** Default 1. */
  readonly epochs?: number;
  /** Number of the first epoch, where a training is continued. Default 0. */
  readonly initialEpoch?: number;
  /** Samples in a batch, where the data are tensors. Default 32. */
  readonly batchSize?: number;
  /** Whether each epoch takes the samples in another order, where the data are tensors. Default true. */
  readonly shuffle?: boolean;
  /** Evaluated after each epoch; reported as `valLoss` and so on. */
  readonly validation?: TrainingData;
  /** The last part of the samples, in [0, 1), is kept for validation, where the data are tensors. Default 0. */
  readonly validationSplit?: number;
  /** How much each class counts, by label, for targets of one label a sample, `[batch]` or `[batch, 1]`; others count 1. */
  readonly classWeights?: Readonly<Record<number, number>>;
  /** Callbacks besides those given here directly. */
  readonly callbacks?: readonly Callbacks[];
}

/** A model with what it takes to train it. */
export interface Trainer {
  readonly model: Model;
  readonly optimizerState: State;
  /** Number of training steps so far. */
  readonly steps: number;
  /** Sets the number of steps taken: the schedule goes on from there. */
  continueAt(steps: number): void;
  /** One training step; returns the loss and the metrics of the batch, as predicted before the step. */
  trainStep(batch: TrainingBatch): Promise<Logs>;
  /** Goes through batches, or samples that it cuts into batches, once an epoch. */
  fit(data: TrainingData, options?: FitOptions): Promise<readonly EpochLogs[]>;
  /**
   * The average loss and the metrics of all samples by their weights; `batchSize` (default 32) where the data are tensors.
   * The metrics' sums stay, for a confusion matrix say; while `fit` runs they are put back to those of its epoch.
   */
  evaluate(data: TrainingData, options?: { readonly batchSize?: number }): Promise<Logs>;
  /** Predictions for all samples of `x`, in batches of `batchSize` (default 32). */
  predict(x: Tensor, options?: { readonly batchSize?: number }): Promise<Tensor>;
}
