import { OptionError, StateError, ValueError } from '@chainrule/errors';
import { type Batches, type TrainingBatch, type TrainingData, toBatches, withClassWeights } from './batches.ts';
import type { Callbacks, EpochLogs, EpochPosition, FitOptions, Logs, Trainer, TrainingControl } from './callbacks.ts';

/** Goes through the data `epochs` times, and tells the callbacks. */
export async function fitEpochs(trainer: Trainer, data: TrainingData, options: FitOptions): Promise<readonly EpochLogs[]> {
  const { epochs = 1, initialEpoch = 0, batchSize = 32, callbacks = [] } = options;
  for (const [name, value] of Object.entries({ epochs, initialEpoch })) {
    if (!Number.isInteger(value) || value < 0) throw new OptionError(`fit: \`${name}\` must be an integer of at least 0, got ${value}`);
  }
  const { batches, held } = toBatches(data, trainer.model, options);
  const validation = options.validation ?? held;
  const history: EpochLogs[] = [];
  let stopped = false;
  const control: TrainingControl = { trainer, stop: () => (stopped = true) };
  const all = [options, ...callbacks];
  await tell(all, (c) => c.onTrainBegin?.(control));
  for (let epoch = initialEpoch; epoch < epochs && !stopped; epoch++) {
    const at: EpochPosition = { epoch, epochs, batches: batches.size };
    await tell(all, (c) => c.onEpochBegin?.(at, control));
    const means = await trainEpoch(trainer, batches, at, options, all, control);
    const found = validation && (await validate(trainer, validation, at, batchSize, all, control));
    const logs: EpochLogs = { epoch, ...means, ...found };
    history.push(logs);
    await tell(all, (c) => c.onEpochEnd?.(logs, control));
  }
  await tell(all, (c) => c.onTrainEnd?.(history, control));
  return history;
}

async function tell(callbacks: readonly Callbacks[], call: (c: Callbacks) => void | Promise<void>): Promise<void> {
  for (const c of callbacks) await call(c);
}

/** The averages over the samples of one epoch. */
async function trainEpoch(
  trainer: Trainer, batches: Batches, at: EpochPosition, { classWeights }: FitOptions, callbacks: readonly Callbacks[], control: TrainingControl,
): Promise<Logs> {
  const sums: Record<string, number> = {};
  let samples = 0;
  let batch = 0;
  for await (const data of batches) {
    await tell(callbacks, (c) => c.onBatchBegin?.({ ...at, batch }, control));
    const logs = await trainer.trainStep(weighted(data, classWeights));
    checkLoss(logs['loss'], at.epoch, batch);
    const rows = data.x.shape[0]!;
    samples += rows;
    for (const [name, value] of Object.entries(logs)) sums[name] = (sums[name] ?? 0) + value * rows;
    await tell(callbacks, (c) => c.onBatchEnd?.({ ...at, batch, logs: meansOf(sums, samples) }, control));
    batch++;
  }
  if (samples === 0) {
    throw new StateError('fit: an epoch must have at least one batch, got none; a Dataset can be gone through again, a generator cannot');
  }
  return meansOf(sums, samples);
}

function weighted(data: TrainingBatch, classWeights: FitOptions['classWeights']): TrainingBatch {
  return classWeights ? withClassWeights(data, classWeights) : data;
}

async function validate(
  trainer: Trainer, data: TrainingData, at: EpochPosition, batchSize: number, callbacks: readonly Callbacks[], control: TrainingControl,
): Promise<Logs> {
  await tell(callbacks, (c) => c.onValidationBegin?.(at, control));
  const logs = prefixed(await trainer.evaluate(data, { batchSize }));
  await tell(callbacks, (c) => c.onValidationEnd?.(logs, control));
  return logs;
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
