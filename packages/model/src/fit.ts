import { OptionError, StateError, ValueError } from '@chainrule/errors';
import type { Batches, TrainingBatch } from './batches.ts';
import type { Callbacks, EpochLogs, Logs } from './callbacks.ts';

/** Options of `fit`. */
export interface FitOptions extends Callbacks {
  /** Default 1. */
  readonly epochs?: number;
  /** Evaluated after each epoch; reported as `valLoss` and so on. */
  readonly validation?: Batches;
}

/** What an epoch is made of. */
export interface Trainable {
  trainStep(batch: TrainingBatch): Logs;
  evaluate(batches: Batches): Logs;
}

/** Goes through the batches `epochs` times, and tells the callbacks. */
export async function fitEpochs(trainer: Trainable, batches: Batches, options: FitOptions): Promise<readonly EpochLogs[]> {
  const { epochs = 1, validation } = options;
  if (!Number.isInteger(epochs) || epochs < 0) throw new OptionError(`fit: \`epochs\` must be an integer of at least 0, got ${epochs}`);
  const history: EpochLogs[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    await options.onEpochBegin?.({ epoch, epochs, batches: batches.size });
    const means = await trainEpoch(trainer, batches, epoch, options);
    const logs: EpochLogs = { epoch, ...means, ...(validation && prefixed(trainer.evaluate(validation))) };
    history.push(logs);
    await options.onEpochEnd?.(logs);
  }
  return history;
}

/** The averages over the samples of one epoch. */
async function trainEpoch(trainer: Trainable, batches: Batches, epoch: number, callbacks: Callbacks): Promise<Logs> {
  const sums: Record<string, number> = {};
  let samples = 0;
  let batch = 0;
  for (const data of batches) {
    const logs = trainer.trainStep(data);
    checkLoss(logs['loss'], epoch, batch);
    const rows = data.x.shape[0]!;
    samples += rows;
    for (const [name, value] of Object.entries(logs)) sums[name] = (sums[name] ?? 0) + value * rows;
    await callbacks.onBatchEnd?.({ epoch, batch, batches: batches.size, logs: meansOf(sums, samples) });
    batch++;
  }
  if (samples === 0) {
    throw new StateError('fit: an epoch must have at least one batch, got none; a Dataset can be gone through again, a generator cannot');
  }
  return meansOf(sums, samples);
}

function checkLoss(loss: number | undefined, epoch: number, batch: number): void {
  if (Number.isFinite(loss)) return;
  throw new ValueError(
    `fit: the loss must be finite, got ${loss} in epoch ${epoch + 1}, batch ${batch + 1}; look for NaN in the data, or lower the learning rate`,
  );
}

function meansOf(sums: Logs, samples: number): Logs {
  return Object.fromEntries(Object.entries(sums).map(([name, value]) => [name, value / samples]));
}

/** loss → valLoss */
function prefixed(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val${name[0]!.toUpperCase()}${name.slice(1)}`, value]));
}
