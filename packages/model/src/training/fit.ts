import { OptionError, StateError, TrainingError, ValueError } from '@chainrule/errors';
import {
  checkEnd,
  type FlatBatch,
  type FlatBatches,
  inOrder,
  toBatches,
  type TrainingData,
  withClassWeights,
} from './batches.ts';
import { isHandled, problemOf } from './badStep.ts';
import { breathe } from './breathe.ts';
import type { CallbackMemory } from '../callbacks/callbackMemory.ts';
import type { Callbacks, EpochLogs, EpochPosition, TrainingControl } from '../callbacks/callbacks.ts';
import type { FitOptions } from './trainer.ts';
import type { TrainerBase } from './trainerBase.ts';
import { Feed } from './feed.ts';
import { Gate } from './gate.ts';
import type { Conversion } from './given.ts';
import { History } from './history.ts';
import { type BatchLoss, LossSums } from './lossSums.ts';
import { type OutputMetrics, prefixed } from './metricSet.ts';
import type { TrainedOutput } from './trainedOutputs.ts';
import type { Logs } from './trainingMetric.ts';

/** The results of a training step. The step changed nothing if `weight` is 0, or if the loss or `check` is not finite. */
export interface StepResult extends BatchLoss {
  readonly check: number;
}

/** The parts of a trainer that `fit` uses. */
export interface Training {
  readonly metrics: Pick<OutputMetrics, 'reset' | 'results'>;
  readonly outputs: readonly TrainedOutput[];
  /** One training step, which adds to the metrics. */
  readonly step: (batch: FlatBatch) => Promise<StepResult>;
  /** Repeats a step without compiling it, inside `around`, and then restores all values. */
  readonly replay: (batch: FlatBatch, around: (run: () => void) => void) => Promise<void>;
  /** Runs a function that uses the metrics after all others that do. */
  readonly alone: <T>(run: () => Promise<T>) => Promise<T>;
  readonly memory: CallbackMemory;
  readonly conversion: Conversion;
}

/** The state of a running `fit`. */
interface FitRun {
  readonly trainer: TrainerBase;
  readonly training: Training;
  readonly options: FitOptions;
  readonly batches: FlatBatches;
  readonly validation: TrainingData | FlatBatch | undefined;
  readonly callbacks: readonly Callbacks[];
  readonly control: TrainingControl;
  readonly history: EpochLogs[];
  readonly gate: Gate;
  /** Aborted by `stop` and by the signal of the options. */
  readonly halt: AbortController;
  readonly feed: Feed;
  /** The first epoch, which callbacks may change before it begins. */
  readonly start: { epoch: number };
}

/** Trains for `epochs` epochs and notifies the callbacks. */
export async function fitEpochs(
  trainer: TrainerBase,
  training: Training,
  data: FlatBatches | FlatBatch,
  options: FitOptions,
): Promise<readonly EpochLogs[]> {
  const { epochs = 1, signal } = options;
  const run = begin(trainer, training, data, options);
  const { control, history, halt, feed, start } = run;
  signal?.throwIfAborted();
  const forward = (): void => halt.abort();
  signal?.addEventListener('abort', forward);
  try {
    await notify(run, (c) => c.onTrainBegin?.(control));
    training.memory.begin(run.callbacks, control);
    for (let { epoch } = start; epoch < epochs && !halt.signal.aborted; epoch++) await runEpoch(run, epoch, epochs);
    signal?.throwIfAborted();
    await notify(run, (c) => c.onTrainEnd?.(history, control));
  } catch (error) {
    throw await notifyOfError(run, error);
  } finally {
    signal?.removeEventListener('abort', forward);
    run.gate.leave();
    feed.close();
  }
  return history;
}

/** Checks the data and prepares the state of a `fit`. */
function begin(trainer: TrainerBase, training: Training, data: FlatBatches | FlatBatch, options: FitOptions): FitRun {
  const { callbacks = [], stepsPerEpoch, validationSteps, batchSize = 32 } = options;
  const { conversion, outputs } = training;
  if (options.classWeights && outputs.length > 1)
    throw new OptionError('fit: `classWeights` need a model with one output; pass `sampleWeight` by output instead');
  const { batches, held } = toBatches(data, trainer.model, options);
  checkEnd('fit', 'stepsPerEpoch', batches, stepsPerEpoch);
  const validation = options.validation ?? held;
  if (validation)
    checkEnd(
      'fit',
      'validationSteps',
      inOrder(conversion.data('fit', validation), trainer.model, batchSize),
      validationSteps,
    );
  const [history, gate, halt]: [History, Gate, AbortController] = [new History(), new Gate(), new AbortController()];
  const start = { epoch: options.initialEpoch ?? 0 };
  const control: TrainingControl = {
    trainer,
    data,
    history,
    stop: () => halt.abort(),
    pause: (work) => gate.pause(work),
    startAt: (epoch) => void (start.epoch = epoch),
  };
  const feed = new Feed(batches, (batch) => conversion.batch('fit', batch), stepsPerEpoch, halt.signal);
  return {
    trainer,
    training,
    options,
    batches,
    validation,
    callbacks: [options, ...callbacks],
    control,
    history,
    gate,
    halt,
    feed,
    start,
  };
}

async function notify({ callbacks }: FitRun, call: (c: Callbacks) => void | Promise<void>): Promise<void> {
  for (const c of callbacks) await call(c);
}

/** Notifies all callbacks of a failure. Returns the error, or an AggregateError if a callback fails, too. */
async function notifyOfError({ callbacks, control }: FitRun, error: unknown): Promise<unknown> {
  const errors = [error];
  for (const c of callbacks) {
    try {
      await c.onTrainError?.(error, control);
    } catch (another) {
      errors.push(another);
    }
  }
  if (errors.length === 1) return error;
  const [text, ...others] = errors.map((e) => (e instanceof Error ? e.message : String(e)));
  return new AggregateError(errors, `${text}; then \`onTrainError\` failed: ${others.join('; ')}`, { cause: error });
}

async function runEpoch(run: FitRun, epoch: number, epochs: number): Promise<void> {
  const { batches, options, control, history, halt } = run;
  const at: EpochPosition = { epoch, epochs, batches: options.stepsPerEpoch ?? batches.size };
  await notify(run, (c) => c.onEpochBegin?.(at, control));
  const means = await trainEpoch(run, at);
  if (!means) return;
  const found = halt.signal.aborted ? undefined : await validate(run, at);
  const logs: EpochLogs = { epoch, ...means, ...found };
  history.push(logs);
  if (!found) return;
  await notify(run, (c) => c.onEpochLogs?.(logs, control));
  await notify(run, (c) => c.onEpochEnd?.(logs, control));
}

/** Trains one epoch. Returns Σ w·loss / Σ w and the metrics, or undefined if it ended before its first batch. */
async function trainEpoch(run: FitRun, at: EpochPosition): Promise<Logs | undefined> {
  const {
    training: { metrics, alone },
    callbacks,
    control,
    gate,
    halt,
    feed,
  } = run;
  const hasListener = callbacks.some((c) => c.onBatchEnd !== undefined);
  const sums = new LossSums(run.training.outputs);
  const logs = async (): Promise<Logs> => ({ ...sums.logs(), ...(await metrics.results()) });
  let batch = 0;
  await alone(() => Promise.resolve(metrics.reset()));
  await gate.open();
  for await (const data of feed.epoch()) {
    gate.enter();
    await notify(run, (c) => c.onBatchBegin?.({ ...at, batch }, control));
    const soFar = await alone(async () => {
      await addStep(run, data, at.epoch, batch, sums);
      return hasListener ? logs() : undefined;
    }).finally(() => gate.leave());
    if (soFar) await notify(run, (c) => c.onBatchEnd?.({ ...at, batch, logs: soFar }, control));
    batch++;
    await breathe();
    await gate.open();
    if (halt.signal.aborted) break;
  }
  if (halt.signal.aborted) return batch > 0 ? alone(logs) : undefined;
  checkEpoch(batch, sums.weight, run.options.stepsPerEpoch);
  return alone(logs);
}

/** Runs one step and adds its loss to that of the epoch, by weight. */
async function addStep(run: FitRun, data: FlatBatch, epoch: number, batch: number, sums: LossSums): Promise<void> {
  const { training, options, history } = run;
  const weighted = options.classWeights ? withClassWeights(data, options.classWeights) : data;
  const result = await training.step(weighted);
  if (result.weight === 0) return;
  const found = problemOf(result.loss, result.check);
  if (!found) return sums.add(result);
  const problem = found.replace(';', ` in epoch ${epoch + 1}, batch ${batch + 1};`);
  if (await isHandled(run, weighted, { epoch, batch, problem })) return;
  throw new TrainingError(`fit: ${problem}; the callback \`findNonFinite()\` says where`, { history, epoch, batch });
}

function checkEpoch(batches: number, weight: number, stepsPerEpoch: number | undefined): void {
  if (batches < (stepsPerEpoch ?? 1)) {
    const wanted = stepsPerEpoch === undefined ? 'at least one batch' : `${stepsPerEpoch} batches`;
    throw new StateError(
      `fit: an epoch must have ${wanted}, got ${batches || 'none'}; a Dataset can be iterated again, a generator cannot`,
    );
  }
  if (weight === 0)
    throw new ValueError(
      'fit: at least one sample of an epoch must count, got only weights of 0, padding or ignored labels',
    );
}

/** The logs of the validation data, empty without data; undefined if training was stopped. */
async function validate(run: FitRun, at: EpochPosition): Promise<Logs | undefined> {
  const {
    trainer,
    validation,
    options,
    control,
    halt: { signal },
  } = run;
  if (!validation) return {};
  await notify(run, (c) => c.onValidationBegin?.(at, control));
  const { batchSize = 32, validationSteps: steps } = options;
  const found = await trainer
    .evaluate(validation as TrainingData, { batchSize, steps, signal })
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  if (!found) return undefined;
  const logs = prefixed('val', found);
  warnOfNaN(logs, run.history);
  await notify(run, (c) => c.onValidationEnd?.(logs, control));
  return logs;
}

/** Warns at the first epoch whose validation loss is NaN: training may be fine, so it continues. */
function warnOfNaN({ valLoss }: Logs, history: readonly EpochLogs[]): void {
  if (!Number.isNaN(valLoss) || history.some((logs) => Number.isNaN(logs['valLoss']))) return;
  // eslint-disable-next-line no-console -- a warning has no other place
  console.warn(
    `fit: the validation loss of epoch ${history.length + 1} is NaN; look for NaN in the validation data, or for weights that are all 0`,
  );
}
