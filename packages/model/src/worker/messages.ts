import type { EpochLogs, EpochPosition } from '../callbacks/callbacks.ts';
import type { Logs } from '../training/trainingMetric.ts';

/** News of the training that runs. */
export interface Progress {
  readonly chainrule: 'progress';
  readonly batch?: BatchProgress;
  readonly epoch?: EpochLogs;
}

/** Where training is, with the averages of the epoch so far. Epochs and batches count from 0. */
export interface BatchProgress extends EpochPosition {
  readonly batch: number;
  readonly logs: Logs;
}

/** Bytes in a buffer of their own, to be handed over. */
export function ownBuffer(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const whole = bytes.byteOffset === 0 && bytes.byteLength === bytes.buffer.byteLength;
  return (whole && bytes.buffer instanceof ArrayBuffer ? bytes : bytes.slice()) as Uint8Array<ArrayBuffer>;
}
