import type { Trainer } from './trainer.ts';

/** Numbers by name: the loss and the metrics. */
export type Logs = Readonly<Record<string, number>>;

/** The averages of an epoch, and of the validation after it. */
export interface EpochLogs extends Logs {
  readonly epoch: number;
}

/** What every callback may use. */
export interface TrainingControl {
  readonly trainer: Trainer;
  /** Ends `fit` after the present epoch. */
  stop(): void;
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
  /** `logs` are the averages of the epoch so far. */
  onBatchEnd?(at: EpochPosition & { readonly batch: number; readonly logs: Logs }, control: TrainingControl): void | Promise<void>;
  /** Before and after the validation data are gone through. */
  onValidationBegin?(at: EpochPosition, control: TrainingControl): void | Promise<void>;
  onValidationEnd?(logs: Logs, control: TrainingControl): void | Promise<void>;
  onEpochEnd?(logs: EpochLogs, control: TrainingControl): void | Promise<void>;
  /** Also after an early end. */
  onTrainEnd?(history: readonly EpochLogs[], control: TrainingControl): void | Promise<void>;
}
