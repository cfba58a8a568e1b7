import { OptionError, StateError, ValueError } from '@chainrule/errors';
import { type Batches, type TrainingBatch, type TrainingData, toBatches, withClassWeights } from './batches.ts';
import type { Callbacks, EpochLogs, EpochPosition, FitOptions, Trainer, TrainingControl } from './callbacks.ts';
import type { MetricSet } from './metricSet.ts';
import type { Logs } from './trainingMetric.ts';

/** What `fit` trains with. */
export interface Training {
  readonly metrics: MetricSet;
  /** One training step, which adds to the metrics: the batch's loss. */
  readonly step: (batch: TrainingBatch) => Promise<number>;
}

/** Who hears of a training. */
interface Audience {
  readonly callbacks: readonly Callbacks[];
  readonly control: TrainingControl;
}

/** Goes through the data `epochs` times, and tells the callbacks. */
export async function fitEpochs(trainer: Trainer, training: Training, data: TrainingData, options: FitOptions): Promise<readonly EpochLogs[]> {
  const { epochs = 1, initialEpoch = 0, batchSize = 32, callbacks = [] } = options;
  for (const [name, value] of Object.entries({ epochs, initialEpoch })) {
    if (!Number.isInteger(value) || value < 0) throw new OptionError(`fit: \`${name}\` must be an integer of at least 0, got ${value}`);
  }
  const { batches, held } = toBatches(data, trainer.model, options);
  const validation = options.validation ?? held;
  const history: EpochLogs[] = [];
  let stopped = false;
  const control: TrainingControl = { trainer, stop: () => (stopped = true) };
  const audience: Audience = { callbacks: [options, ...callbacks], control };
  try {
    await tell(audience, (c) => c.onTrainBegin?.(control));
    for (let epoch = initialEpoch; epoch < epochs && !stopped; epoch++) {
      const at: EpochPosition = { epoch, epochs, batches: batches.size };
      await tell(audience, (c) => c.onEpochBegin?.(at, control));
      const means = await trainEpoch(training, batches, at, options, audience);
      const found = validation && (await validate(trainer, validation, at, batchSize, audience));
      const logs: EpochLogs = { epoch, ...means, ...found };
      history.push(logs);
      await tell(audience, (c) => c.onEpochEnd?.(logs, control));
    }
    await tell(audience, (c) => c.onTrainEnd?.(history, control));
  } catch (error) {
    await tell(audience, (c) => c.onTrainError?.(error, control));
    throw error;
  }
  return history;
}

async function tell({ callbacks }: Audience, call: (c: Callbacks) => void | Promise<void>): Promise<void> {
  for (const c of callbacks) await call(c);
}

/** The average loss over the samples of one epoch, and the metrics. */
async function trainEpoch({ step, metrics }: Training, batches: Batches, at: EpochPosition, { classWeights }: FitOptions, audience: Audience): Promise<Logs> {
  const { callbacks, control } = audience;
  const heard = callbacks.some((c) => c.onBatchEnd !== undefined);
  let [sum, samples, batch] = [0, 0, 0];
  const logs = async (): Promise<Logs> => ({ loss: sum / samples, ...(await metrics.results()) });
  metrics.reset();
  for await (const data of batches) {
    await tell(audience, (c) => c.onBatchBegin?.({ ...at, batch }, control));
    const loss = await step(weighted(data, classWeights));
    checkLoss(loss, at.epoch, batch);
    const rows = data.x.shape[0]!;
    samples += rows;
    sum += loss * rows;
    if (heard) {
      const soFar = await logs();
      await tell(audience, (c) => c.onBatchEnd?.({ ...at, batch, logs: soFar }, control));
    }
    batch++;
  }
  if (samples === 0) {
    throw new StateError('fit: an epoch must have at least one batch, got none; a Dataset can be gone through again, a generator cannot');
  }
  return logs();
}

function weighted(data: TrainingBatch, classWeights: FitOptions['classWeights']): TrainingBatch {
  return classWeights ? withClassWeights(data, classWeights) : data;
}

async function validate(trainer: Trainer, data: TrainingData, at: EpochPosition, batchSize: number, audience: Audience): Promise<Logs> {
  await tell(audience, (c) => c.onValidationBegin?.(at, audience.control));
  const logs = prefixed(await trainer.evaluate(data, { batchSize }));
  await tell(audience, (c) => c.onValidationEnd?.(logs, audience.control));
  return logs;
}

function checkLoss(loss: number, epoch: number, batch: number): void {
  if (Number.isFinite(loss)) return;
  throw new ValueError(
    `fit: the loss must be finite, got ${loss} in epoch ${epoch + 1}, batch ${batch + 1}; look for NaN in the data, or lower the learning rate`,
  );
}

/** loss → valLoss */
function prefixed(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val${name[0]!.toUpperCase()}${name.slice(1)}`, value]));
}
