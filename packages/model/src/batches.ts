import { OptionError, ShapeError, showShape } from '@chainrule/errors';
import { argsort, gather, randomUniform, type Shape, tensor, type Tensor } from '@chainrule/tensor';
import type { Model } from './model.ts';

/** A batch of samples and their targets. */
export interface TrainingBatch {
  readonly x: Tensor;
  readonly y: Tensor;
  /**
   * How much each sample counts, `[batch]`, or each of its steps, `[batch, time]`; what counts 0 is left out. By default all
   * alike, but for steps that the model's own mask leaves out.
   */
  readonly sampleWeight?: Tensor | undefined;
}

/** Batches that can be gone through once an epoch, asynchronously where they can; `size` is their number, for progress. */
export type Batches = (Iterable<TrainingBatch> | AsyncIterable<TrainingBatch>) & { readonly size?: number | undefined };

/** What can be trained on: batches, or all samples as tensors, which are cut into batches. */
export type TrainingData = Batches | TrainingBatch;

/** How tensors are cut into batches. */
export interface BatchOptions {
  readonly batchSize?: number;
  readonly shuffle?: boolean;
  readonly validationSplit?: number;
}

/** The batches to train on and, where a part of the samples is held back, that part. */
export function toBatches(data: TrainingData, model: Model, options: BatchOptions): { batches: Batches; held?: TrainingBatch } {
  const { batchSize = 32, shuffle = true, validationSplit = 0 } = options;
  checkBatchSize('fit', batchSize);
  if (!(validationSplit >= 0 && validationSplit < 1)) throw new OptionError(`fit: \`validationSplit\` must be in [0, 1), got ${validationSplit}`);
  if (isBatches(data)) {
    if (validationSplit > 0) throw new OptionError('fit: `validationSplit` needs the samples as tensors; split batches yourself and pass `validation`');
    return { batches: data };
  }
  checkBatch('fit', model.input.shape, data);
  const rows = data.x.shape[0]!;
  const train = Math.floor(rows * (1 - validationSplit) + 1e-9); // 10 · (1 − 0.9) is not quite 1
  if (train === 0 || (train === rows && validationSplit > 0)) {
    throw new OptionError(`fit: \`validationSplit\` must leave samples on both sides, got ${validationSplit} of ${rows} samples`);
  }
  const indices = Int32Array.from({ length: rows }, (_, i) => i);
  const part = indices.subarray(0, train);
  const batches: Batches = {
    size: Math.ceil(train / batchSize),
    *[Symbol.iterator]() {
      const order = shuffle ? argsort(randomUniform(model.rng.stream('shuffle'), [train])).data : part;
      for (let at = 0; at < train; at += batchSize) yield rowsOf(data, Int32Array.from(order.subarray(at, at + batchSize)));
    },
  };
  return train < rows ? { batches, held: rowsOf(data, indices.subarray(train)) } : { batches };
}

function isBatches(data: TrainingData): data is Batches {
  return Symbol.iterator in data || Symbol.asyncIterator in data;
}

/** Some of the samples. */
function rowsOf({ x, y, sampleWeight }: TrainingBatch, rows: Int32Array): TrainingBatch {
  const at = tensor(rows, [rows.length], 'int32');
  return { x: gather(x, at), y: gather(y, at), sampleWeight: sampleWeight && gather(sampleWeight, at) };
}

/** The samples of `data` in batches, in their order. */
export function inOrder(data: TrainingData, sample: Shape, batchSize: number): Batches {
  if (isBatches(data)) return data;
  checkBatchSize('evaluate', batchSize);
  checkBatch('evaluate', sample, data);
  const rows = data.x.shape[0]!;
  return {
    size: Math.ceil(rows / batchSize),
    *[Symbol.iterator]() {
      for (let at = 0; at < rows; at += batchSize) {
        yield rowsOf(data, Int32Array.from({ length: Math.min(batchSize, rows - at) }, (_, i) => at + i));
      }
    },
  };
}

/** The batch with each sample's weight times that of its class. */
export function withClassWeights(batch: TrainingBatch, weights: Readonly<Record<number, number>>): TrainingBatch {
  const { y, sampleWeight } = batch;
  const rows = y.shape[0]!;
  if (y.size !== rows) throw new ShapeError(`fit: \`classWeights\` needs a label a sample, [batch] or [batch,1], got ${showShape(y.shape)}`);
  const given = sampleWeight?.data;
  const values = Float32Array.from(y.data, (label, i) => (weights[label] ?? 1) * (given?.[i] ?? 1));
  return { ...batch, sampleWeight: tensor(values, [rows]) };
}

/** Throws for what is no number of samples. */
export function checkBatchSize(op: string, batchSize: number): void {
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new OptionError(`${op}: \`batchSize\` must be a positive integer, got ${batchSize}`);
}

/** Throws where `x` does not hold samples of the model's input shape. */
export function checkSamples(op: string, sample: Shape, x: Tensor): void {
  if (x.shape.length !== sample.length + 1 || sample.some((n, i) => n !== x.shape[i + 1])) {
    throw new ShapeError(`${op}: \`x\` must have shape [${['batch', ...sample].join(',')}], got ${showShape(x.shape)}`);
  }
  if (x.shape[0] === 0) throw new ShapeError(`${op}: \`x\` must have at least one sample, got ${showShape(x.shape)}`);
}

/** Throws where a batch does not fit the model, or its parts one another. */
export function checkBatch(op: string, sample: Shape, { x, y, sampleWeight }: TrainingBatch): void {
  checkSamples(op, sample, x);
  if (x.shape[0] !== y.shape[0]) {
    throw new ShapeError(`${op}: \`y\` must have a target for each of the ${x.shape[0]!} samples of \`x\`, got shape ${showShape(y.shape)}`);
  }
  if (sampleWeight && sampleWeight.shape[0] !== x.shape[0]) {
    throw new ShapeError(`${op}: \`sampleWeight\` must have a weight for each of the ${x.shape[0]!} samples of \`x\`, got shape ${showShape(sampleWeight.shape)}`);
  }
}

/** Repeats the last sample until there are `rows`, so that a remainder runs on the program of a full batch. */
export function padRows(t: Tensor, rows: number): Tensor {
  const have = t.shape[0]!;
  if (have >= rows) return t;
  return gather(t, tensor(Int32Array.from({ length: rows }, (_, i) => Math.min(i, have - 1)), [rows], 'int32'));
}

/** Weights of samples or positions, 0 for padding. */
export function padWeights(weights: Float64Array, shape: Shape, rows: number): Tensor {
  const padded = new Float32Array((weights.length / shape[0]!) * rows);
  padded.set(weights);
  return tensor(padded, [rows, ...shape.slice(1)]);
}
