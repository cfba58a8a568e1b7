import type { Named } from '@chainrule/layers-core';
import type { Tensor } from '@chainrule/tensor';
import type { Remembering } from './callbackMemory.ts';
import type { TrainerBase } from '../training/trainerBase.ts';
import type { Logs } from '../training/trainingMetric.ts';

/** The average loss and the metrics of an epoch, and those of its validation. */
export interface EpochLogs extends Logs {
  readonly epoch: number;
}

/** The second argument of every callback. */
export interface TrainingControl {
  readonly trainer: TrainerBase;
  /** What `fit` trains on: a `Dataset`, say. */
  readonly data: unknown;
  /** The epochs of this `fit` so far. */
  readonly history: readonly EpochLogs[];
  /**
   * Ends `fit` after the running batch. If this cuts an epoch short, the history holds the averages of its batches so far.
   * Such an epoch is not validated, and `onEpochEnd` is not called.
   */
  readonly stop: () => void;
  /**
   * Runs `work` between two batches while training waits: when a signal arrives, say, or a user clicks a button. Do not
   * await it in a callback, because training waits for the callback.
   */
  readonly pause: <T>(work: () => T | Promise<T>) => Promise<T>;
  /** Begins with this epoch instead of `initialEpoch`. For callbacks that resume a run, in `onTrainBegin` or `restore`. */
  readonly startAt: (epoch: number) => void;
}

/** A step whose loss, gradients or new weights are not finite. It has changed nothing. */
export interface BadStep {
  readonly epoch: number;
  readonly batch: number;
  /** What is wrong, with the remedy. */
  readonly problem: string;
  /** The tensors of the batch. */
  readonly inputs: readonly Named<Tensor>[];
  /** Repeats the step without compiling it, inside `around`, and then restores all values. */
  readonly replay: (around: (run: () => void) => void) => Promise<void>;
}

/** The number of the running epoch, and of all. `batches` is the number of batches in an epoch, if the data know it. */
export interface EpochPosition {
  readonly epoch: number;
  readonly epochs: number;
  readonly batches: number | undefined;
}

/** Functions that `fit` calls while it runs. It awaits their promises. Epochs and batches count from 0. */
export interface Callbacks extends Remembering<TrainingControl> {
  onTrainBegin?(control: TrainingControl): void | Promise<void>;
  onEpochBegin?(at: EpochPosition, control: TrainingControl): void | Promise<void>;
  onBatchBegin?(at: EpochPosition & { readonly batch: number }, control: TrainingControl): void | Promise<void>;
  /** `logs` are the loss and the metrics of the epoch so far. Without this callback, metrics are read once an epoch. */
  onBatchEnd?(
    at: EpochPosition & { readonly batch: number; readonly logs: Logs },
    control: TrainingControl,
  ): void | Promise<void>;
  /**
   * Called for a step that is not finite. If a callback returns true, training continues with the next batch; otherwise `fit`
   * throws a TrainingError.
   */
  onBadStep?(step: BadStep, control: TrainingControl): boolean | void | Promise<boolean | void>;
  /** Called before and after validation. */
  onValidationBegin?(at: EpochPosition, control: TrainingControl): void | Promise<void>;
  onValidationEnd?(logs: Logs, control: TrainingControl): void | Promise<void>;
  /**
   * Called before the `onEpochEnd` of all callbacks. Change the callback's own state or the training's, such as a learning
   * rate, here: a checkpoint saved in any `onEpochEnd` then holds the change.
   */
  onEpochLogs?(logs: EpochLogs, control: TrainingControl): void | Promise<void>;
  onEpochEnd?(logs: EpochLogs, control: TrainingControl): void | Promise<void>;
  /** Called at the end of training, including an early one. */
  onTrainEnd?(history: readonly EpochLogs[], control: TrainingControl): void | Promise<void>;
  /**
   * Called in place of `onTrainEnd` if training fails, also by an error of a callback or an `AbortSignal`. After all
   * callbacks, `fit` throws the error. If an `onTrainError` throws, too, it throws an AggregateError with the first error as
   * `cause`.
   */
  onTrainError?(error: unknown, control: TrainingControl): void | Promise<void>;
}
