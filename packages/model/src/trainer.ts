import { valueAndGrad } from '@chainrule/autograd';
import { type Backend, compile } from '@chainrule/compiler';
import { OptionError, ShapeError, showShape, StateError, ValueError } from '@chainrule/errors';
import { add, gather, mul, sum, tensor, type Tensor, Tensor as TensorClass, type Variable } from '@chainrule/tensor';
import type { Callbacks, EpochLogs, Logs } from './callbacks.ts';
import type { BuildOptions, Sequential } from './sequential.ts';

/** The state that an optimizer keeps; what matters here is that it exists. */
type State = Readonly<Record<string, Variable | readonly Variable[]>>;

/** What `compile` takes as an optimizer: see `@chainrule/optim`. */
export interface TrainingOptimizer {
  init(variables: readonly Variable[]): State;
  update(gradients: readonly Tensor[], state: never): Tensor[];
  tick(state: never, step: number): void;
}

/** One number from predictions and targets; with weights, Σ w·loss / Σ w. See `@chainrule/losses`. */
export type TrainingLoss = (predictions: Tensor, targets: Tensor, options: { readonly sampleWeight?: Tensor }) => Tensor;

/** One number a sample, `[batch]`, whose mean is reported. See `@chainrule/metrics`. */
export type TrainingMetric = (predictions: Tensor, targets: Tensor) => Tensor;

export interface TrainingOptions extends BuildOptions {
  readonly optimizer: TrainingOptimizer;
  readonly loss: TrainingLoss;
  /** By the name under which they are reported. */
  readonly metrics?: Readonly<Record<string, TrainingMetric>>;
  /** Where the steps run; by default what `setDefaultBackend` set, else the reference. */
  readonly backend?: Backend;
}

/** A batch of samples and their targets. */
export interface TrainingBatch {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Batches that can be gone through once an epoch; `size` is their number, for progress. */
export interface Batches {
  readonly size?: number;
  [Symbol.iterator](): Iterator<TrainingBatch>;
}

export interface FitOptions extends Callbacks {
  /** Default 1. */
  readonly epochs?: number;
  /** Evaluated after each epoch; reported as `valLoss` and so on. */
  readonly validation?: Batches;
}

/** A model with what it takes to train it. */
export interface Trainer {
  readonly model: Sequential;
  readonly optimizerState: State;
  /** Number of training steps so far. */
  readonly steps: number;
  /** One training step; returns the loss and the metrics of the batch. */
  trainStep(batch: TrainingBatch): Logs;
  fit(batches: Batches, options?: FitOptions): Promise<readonly EpochLogs[]>;
  evaluate(batches: Batches): Logs;
  /** Predictions for all samples of `x`, in batches of `batchSize` (default 32). */
  predict(x: Tensor, options?: { readonly batchSize?: number }): Tensor;
}

/**
 * Puts a model, an optimizer and a loss together. Training steps, evaluation and prediction are compiled by themselves.
 *
 * @param model - built with `options.seed` if it is not built yet
 * @example
 * const trainer = trainable(sequential(input([2]), dense(2)), { optimizer: adam(), loss: sparseCategoricalCrossEntropy });
 * const { loss } = trainer.trainStep({ x: zeros([4, 2]), y: zeros([4], 'int32') });
 * loss; // => 0.6931471824645996
 */
export function trainable(model: Sequential, options: TrainingOptions): Trainer {
  const { optimizer, loss, metrics = {}, backend } = options;
  model.build(options);
  const variables = model.trainableVariables();
  const state = optimizer.init(variables);
  const names = ['loss', ...Object.keys(metrics)];
  const on = backend ? { backend } : {};
  let steps = 0;

  const measure = (predictions: Tensor, y: Tensor, weights: Tensor): Tensor[] =>
    Object.values(metrics).map((metric) => sum(mul(metric(predictions, y), weights)));

  const step = compile((x: Tensor, y: Tensor) => {
    const [[value, predictions], gradients] = valueAndGrad((_: readonly Variable[]) => {
      const out = model.call(x, { training: true });
      return [loss(out, y, {}), out] as const;
    })(variables);
    const updates = optimizer.update(gradients, state as never);
    variables.forEach((v, i) => v.assign(add(v.value, updates[i]!)));
    return [value, ...Object.values(metrics).map((metric) => metric(predictions, y))];
  }, { ...on, name: 'the training step' });

  const score = compile((x: Tensor, y: Tensor, weights: Tensor) => {
    const predictions = model.call(x);
    return [loss(predictions, y, { sampleWeight: weights }), ...measure(predictions, y, weights)];
  }, { ...on, name: 'the evaluation step' });

  const forward = compile((x: Tensor) => model.call(x), { ...on, name: 'the prediction step' });

  const evaluate = (batches: Batches): Logs => {
    const sums = names.map(() => 0);
    let samples = 0;
    let size: number | undefined;
    for (const { x, y } of batches) {
      const rows = x.shape[0]!;
      size ??= rows;
      const [value, ...counts] = score(padRows(x, size), padRows(y, size), rowWeights(rows, Math.max(rows, size)));
      sums[0]! += value!.item() * rows;
      counts.forEach((c, i) => (sums[i + 1]! += c.item()));
      samples += rows;
    }
    if (samples === 0) throw new OptionError('evaluate: expects at least one sample, got none');
    return Object.fromEntries(names.map((name, i) => [name, sums[i]! / samples]));
  };

  return {
    model,
    optimizerState: state,
    get steps() {
      return steps;
    },
    trainStep({ x, y }) {
      checkBatch(model, x, y);
      optimizer.tick(state as never, steps);
      const [value, ...scores] = step(x, y);
      steps++;
      return Object.fromEntries(names.map((name, i) => [name, i === 0 ? value!.item() : average(scores[i - 1]!)]));
    },
    async fit(batches, fitOptions = {}) {
      return fitEpochs(this, batches, fitOptions);
    },
    evaluate,
    predict(x, { batchSize = 32 } = {}) {
      if (!Number.isInteger(batchSize) || batchSize < 1) throw new OptionError(`predict: \`batchSize\` must be a positive integer, got ${batchSize}`);
      return predictRows(forward, x, batchSize);
    },
  };
}

function checkBatch(model: Sequential, x: Tensor, y: Tensor): void {
  const expected = model.input.shape;
  if (x.shape.length !== expected.length + 1 || expected.some((n, i) => n !== x.shape[i + 1])) {
    throw new ShapeError(`fit: \`x\` must have shape [batch,${expected.join(',')}], got ${showShape(x.shape)}`);
  }
  if (x.shape[0] !== y.shape[0]) throw new ShapeError(`fit: \`x\` has ${x.shape[0]} samples, \`y\` has ${y.shape[0]}`);
  if (x.shape[0] === 0) throw new ShapeError('fit: a batch must have at least one sample');
}

async function fitEpochs(trainer: Trainer, batches: Batches, options: FitOptions): Promise<readonly EpochLogs[]> {
  const { epochs = 1, validation } = options;
  if (!Number.isInteger(epochs) || epochs < 0) throw new OptionError(`fit: \`epochs\` must be an integer of at least 0, got ${epochs}`);
  const history: EpochLogs[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    await options.onEpochBegin?.({ epoch, epochs, batches: batches.size });
    const sums: Record<string, number> = {};
    let samples = 0;
    let batch = 0;
    for (const data of batches) {
      const logs = trainer.trainStep(data);
      if (!Number.isFinite(logs['loss'])) {
        throw new ValueError(`fit: the loss must be finite, got ${logs['loss']} in epoch ${epoch + 1}, batch ${batch + 1}; look for NaN in the data, or lower the learning rate`);
      }
      const rows = data.x.shape[0]!;
      samples += rows;
      for (const [name, value] of Object.entries(logs)) sums[name] = (sums[name] ?? 0) + value * rows;
      await options.onBatchEnd?.({ epoch, batch: batch++, batches: batches.size, logs: meansOf(sums, samples) });
    }
    if (samples === 0) throw new StateError('fit: an epoch must have at least one batch, got none; a Dataset can be gone through again, a generator cannot');
    const held = validation ? prefixed(trainer.evaluate(validation)) : {};
    const logs: EpochLogs = { epoch, ...meansOf(sums, samples), ...held };
    history.push(logs);
    await options.onEpochEnd?.(logs);
  }
  return history;
}

function meansOf(sums: Readonly<Record<string, number>>, samples: number): Logs {
  return Object.fromEntries(Object.entries(sums).map(([name, value]) => [name, value / samples]));
}

/** loss → valLoss */
function prefixed(logs: Logs): Logs {
  return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val${name[0]!.toUpperCase()}${name.slice(1)}`, value]));
}

function average(t: Tensor): number {
  const values = t.data;
  let total = 0;
  for (const value of values) total += value;
  return total / Math.max(1, values.length);
}

/** Repeats the last sample until there are `rows`, so that a remainder runs on the program of a full batch. */
function padRows(t: Tensor, rows: number): Tensor {
  const have = t.shape[0]!;
  if (have >= rows) return t;
  return gather(t, tensor(Int32Array.from({ length: rows }, (_, i) => Math.min(i, have - 1)), [rows], 'int32'));
}

/** 1 for samples, 0 for padding. */
function rowWeights(rows: number, size: number): Tensor {
  return tensor(Float32Array.from({ length: size }, (_, i) => (i < rows ? 1 : 0)), [size]);
}

function predictRows(forward: (x: Tensor) => Tensor, x: Tensor, batchSize: number): Tensor {
  const all = x['~values'];
  const row = x.size / Math.max(1, x.shape[0]!);
  let out: Tensor['data'] | undefined;
  let shape: readonly number[] = [];
  let dtype = x.dtype;
  for (let at = 0; at < x.shape[0]!; at += batchSize) {
    const rows = Math.min(batchSize, x.shape[0]! - at);
    const part = new TensorClass([rows, ...x.shape.slice(1)], x.dtype, all.subarray(at * row, (at + rows) * row));
    const y = forward(padRows(part, x.shape[0]! < batchSize ? rows : batchSize));
    const values = y['~values'];
    const width = values.length / y.shape[0]!;
    out ??= new (values.constructor as new (n: number) => Tensor['data'])(width * x.shape[0]!);
    out.set(values.subarray(0, rows * width), at * width);
    shape = y.shape.slice(1);
    dtype = y.dtype;
  }
  if (!out) throw new ShapeError('predict: `x` must have at least one sample');
  return new TensorClass([x.shape[0]!, ...shape], dtype, out);
}
