import { OptionError, ShapeError, showShape, ValueError } from '@chainrule/errors';
import {
  argmax,
  argsort,
  cast,
  gather,
  isFloat,
  mul,
  type Nested,
  randomUniform,
  reshape,
  type Shape,
  tensor,
  type Tensor,
  type TypedArray,
} from '@chainrule/tensor';
import { broadcastWeights } from '@chainrule/tensor/graph';
import type { Model } from '../graph/model.ts';

/** A batch of samples and their targets. */
export interface TrainingBatch {
  readonly x: Tensor;
  readonly y: Tensor;
  /**
   * The weight of each sample, `[batch]`, or of each of its steps, `[batch, time]`: finite and not negative. A weight of 0
   * leaves a sample out. By default all weights are 1, except 0 for steps that the model's mask excludes.
   */
  readonly sampleWeight?: Tensor | undefined;
}

/** The values of samples: a tensor, nested arrays, one typed array for all, or one for each sample. */
export type Samples = Tensor | Nested | TypedArray | readonly TypedArray[];

/** A batch of tensors, nested arrays or typed arrays. */
export interface GivenBatch {
  readonly x: Samples;
  readonly y: Samples;
  readonly sampleWeight?: Samples | undefined;
}

/** Batches, synchronous or not; an epoch iterates over them once. `size` is their number, Infinity for endless data. */
export type Batches = (Iterable<GivenBatch> | AsyncIterable<GivenBatch>) & { readonly size?: number | undefined };

/** Data to train on: batches, or all samples, which training splits into batches. */
export type TrainingData = Batches | GivenBatch;

/** How to split tensors into batches. */
export interface BatchOptions {
  readonly batchSize?: number;
  readonly shuffle?: boolean;
  readonly validationSplit?: number;
}

/** The batches to train on, and the samples that are held out, if any. */
export function toBatches(
  data: Batches | TrainingBatch,
  model: Model,
  options: BatchOptions,
): { batches: Batches; held?: TrainingBatch } {
  const { batchSize = 32, shuffle = true, validationSplit = 0 } = options;
  if (isBatches(data)) {
    if (validationSplit > 0)
      throw new OptionError(
        'fit: `validationSplit` needs the samples as tensors; split batches yourself and pass `validation`',
      );
    return { batches: data };
  }
  checkBatch('fit', model.input.shape, data);
  const rows = data.x.shape[0]!;
  const train = Math.floor(rows * (1 - validationSplit) + 1e-9); // 10 · (1 − 0.9) is not quite 1
  if (train === 0 || (train === rows && validationSplit > 0)) {
    throw new OptionError(
      `fit: \`validationSplit\` must leave samples on both sides, got ${validationSplit} of ${rows} samples`,
    );
  }
  const indices = Int32Array.from({ length: rows }, (_, i) => i);
  const part = indices.subarray(0, train);
  const batches: Batches = {
    size: Math.ceil(train / batchSize),
    *[Symbol.iterator]() {
      const order = shuffle ? argsort(randomUniform(model.rng.stream('shuffle'), [train])).data : part;
      for (let at = 0; at < train; at += batchSize)
        yield rowsOf(data, Int32Array.from(order.subarray(at, at + batchSize)));
    },
  };
  return train < rows ? { batches, held: rowsOf(data, indices.subarray(train)) } : { batches };
}

export function isBatches(data: TrainingData): data is Batches {
  return Symbol.iterator in data || Symbol.asyncIterator in data;
}

/** A selection of the samples. */
function rowsOf({ x, y, sampleWeight }: TrainingBatch, rows: Int32Array): TrainingBatch {
  const at = tensor(rows, [rows.length], 'int32');
  return { x: gather(x, at), y: gather(y, at), sampleWeight: sampleWeight && gather(sampleWeight, at) };
}

/** The samples of `data` in batches, in order. */
export function inOrder(data: Batches | TrainingBatch, sample: Shape, batchSize: number): Batches {
  if (isBatches(data)) return data;
  checkBatch('evaluate', sample, data);
  const rows = data.x.shape[0]!;
  return {
    size: Math.ceil(rows / batchSize),
    *[Symbol.iterator]() {
      for (let at = 0; at < rows; at += batchSize) {
        yield rowsOf(
          data,
          Int32Array.from({ length: Math.min(batchSize, rows - at) }, (_, i) => at + i),
        );
      }
    },
  };
}

/** Multiplies each weight by that of its class. */
export function withClassWeights(batch: TrainingBatch, weights: Readonly<Record<number, number>>): TrainingBatch {
  const { y, sampleWeight } = batch;
  const labels = labelsOf(y);
  const each = tensor(
    Float32Array.from(labels.data, (label) => weights[label] ?? 1),
    labels.shape,
  );
  if (!sampleWeight) return { ...batch, sampleWeight: each };
  const [a, b] = alike(cast(sampleWeight, 'float32'), each);
  return { ...batch, sampleWeight: mul(a, b) };
}

/** Repeats the weights with fewer axes to the shape of the others. */
export function alike(a: Tensor, b: Tensor): readonly [Tensor, Tensor] {
  const { shape } = a.rank > b.rank ? a : b;
  return [broadcastWeights('fit', a, shape), broadcastWeights('fit', b, shape)];
}

/** A label for each sample or position: the targets without a last axis of 1, or the argmax of rows of floats. */
function labelsOf(y: Tensor): Tensor {
  if (y.size === y.shape[0]) return reshape(y, [y.size]);
  return isFloat(y.dtype) ? argmax(y, { axis: -1 }) : y;
}

/** Throws for endless data without a number of batches. */
export function checkEnd(op: string, option: string, { size }: Batches, steps: number | undefined): void {
  if (size === Infinity && steps === undefined) {
    throw new OptionError(
      `${op}: \`${option}\` must be given for endless data, got none; pass \`${option}\`, or give \`repeat\` a number of times`,
    );
  }
}

/** The number of rows to pad a batch to: a full batch, or the next power of two, so that few programs serve all sizes. */
export function paddedSize(rows: number, batchSize: number): number {
  return Math.min(batchSize, 2 ** Math.ceil(Math.log2(rows)));
}

/** Throws if `x` does not hold samples of the model's input shape. */
export function checkSamples(op: string, sample: Shape, x: Tensor): void {
  if (x.shape.length !== sample.length + 1 || sample.some((n, i) => n !== x.shape[i + 1])) {
    throw new ShapeError(`${op}: \`x\` must have shape [${['batch', ...sample].join(',')}], got ${showShape(x.shape)}`);
  }
  if (x.shape[0] === 0) throw new ShapeError(`${op}: \`x\` must have at least one sample, got ${showShape(x.shape)}`);
}

/** Throws if a batch does not fit the model, or its parts do not fit each other. */
export function checkBatch(op: string, sample: Shape, { x, y, sampleWeight }: TrainingBatch): void {
  checkSamples(op, sample, x);
  if (x.shape[0] !== y.shape[0]) {
    throw new ShapeError(
      `${op}: \`y\` must have a target for each of the ${x.shape[0]!} samples of \`x\`, got shape ${showShape(y.shape)}`,
    );
  }
  if (sampleWeight && sampleWeight.shape[0] !== x.shape[0]) {
    throw new ShapeError(
      `${op}: \`sampleWeight\` must have a weight for each of the ${x.shape[0]!} samples of \`x\`, got shape ${showShape(sampleWeight.shape)}`,
    );
  }
}

/**
 * Throws unless all weights are finite and not negative. The loss is divided by the sum of the weights, which could
 * otherwise be 0 or negative.
 */
export async function checkWeights(op: string, weights: Tensor | undefined): Promise<void> {
  const values = await weights?.read();
  const wrong = values?.findIndex((w) => !(w >= 0 && w < Infinity)) ?? -1;
  if (wrong >= 0) {
    throw new ValueError(
      `${op}: \`sampleWeight\` must hold finite numbers from 0, got ${values![wrong]} at position ${wrong}; a weight of 0 leaves a sample out`,
    );
  }
}

/** Repeats the last sample up to `rows`, so that an incomplete batch runs on the program of a full one. */
export function padRows(t: Tensor, rows: number): Tensor {
  const have = t.shape[0]!;
  if (have >= rows) return t;
  return gather(
    t,
    tensor(
      Int32Array.from({ length: rows }, (_, i) => Math.min(i, have - 1)),
      [rows],
      'int32',
    ),
  );
}

/** Weights of samples or positions, with 0 for padding. */
export function padWeights(weights: Float64Array, shape: Shape, rows: number): Tensor {
  const padded = new Float32Array((weights.length / shape[0]!) * rows);
  padded.set(weights);
  return tensor(padded, [rows, ...shape.slice(1)]);
}
