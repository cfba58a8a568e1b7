/** Numbers by name: the loss and the metrics. */
export type Logs = Readonly<Record<string, number>>;

/** The averages of an epoch, and of the validation after it. */
export interface EpochLogs extends Logs {
  readonly epoch: number;
}

/** What `fit` tells while it runs; it waits for promises. */
export interface Callbacks {
  onEpochBegin?(at: { readonly epoch: number; readonly epochs: number; readonly batches: number | undefined }): void | Promise<void>;
  /** `logs` are the averages of the epoch so far. */
  onBatchEnd?(at: { readonly epoch: number; readonly batch: number; readonly batches: number | undefined; readonly logs: Logs }): void | Promise<void>;
  onEpochEnd?(logs: EpochLogs): void | Promise<void>;
}
