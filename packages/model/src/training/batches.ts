import { DTypeError, OptionError, ShapeError, showShape, ValueError } from '@chainrule/errors';
import {
  argmax,
  argsort,
  cast,
  type DType,
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
import { broadcastWeights, treeLeaves } from '@chainrule/tensor/graph';
import type { Model } from '../graph/model.ts';
import type { SymbolicTensor } from '../graph/symbolicTensor.ts';
import type { ShapeTree } from '../graph/types.ts';
import { sampleRemedy } from './sampleRemedy.ts';

/** The values of samples: a tensor, nested arrays, one typed array for all, or one for each sample. */
export type Samples<S extends Shape = Shape, D extends DType = DType> =
  Tensor<S, D> | Nested | TypedArray | readonly TypedArray[];

/** Samples in arrays and objects, as the inputs or outputs of a model with several. */
export type SamplesTree = Samples | readonly SamplesTree[] | { readonly [key: string]: SamplesTree };

/** Samples for inputs of these shapes and dtypes. */
export type SamplesOf<S, D = DType> = ShapeTree extends S
  ? SamplesTree
  : S extends Shape
    ? Samples<S, D extends DType ? D : DType>
    : { readonly [K in keyof S]: SamplesOf<S[K], K extends keyof D ? D[K] : DType> };

/** A batch of tensors, nested arrays or typed arrays: one, or several in the forms of the model's inputs and outputs. */
export interface GivenBatch<X = SamplesTree, Y = SamplesTree> {
  readonly x: X;
  readonly y: Y;
  /**
   * The weight of each sample, `[batch]`, or of each of its steps, `[batch, time]`: finite and not negative. A weight of 0
   * leaves a sample out. By default all weights are 1, except 0 for steps that the model's mask excludes. For several outputs,
   * an object holds those of each output by name; anything else applies to all of them.
   */
  readonly sampleWeight?: SamplesTree | undefined;
}

/** Batches, synchronous or not; an epoch iterates over them once. `size` is their number, Infinity for endless data. */
export type Batches<X = SamplesTree, Y = SamplesTree> = (
  Iterable<GivenBatch<X, Y>> | AsyncIterable<GivenBatch<X, Y>>
) & {
  readonly size?: number | undefined;
};

/** Data to train on: batches, or all samples, which training splits into batches. */
export type TrainingData<X = SamplesTree, Y = SamplesTree> = Batches<X, Y> | GivenBatch<X, Y>;

/** A batch as training uses it: lists of tensors, one for each input and for each output with a loss. */
export class FlatBatch {
  readonly x: readonly Tensor[];
  readonly y: readonly Tensor[];
  /** The weights for each output. */
  readonly sampleWeight: readonly (Tensor | undefined)[] | undefined;

  constructor(x: readonly Tensor[], y: readonly Tensor[], sampleWeight?: readonly (Tensor | undefined)[]) {
    this.x = x;
    this.y = y;
    this.sampleWeight = sampleWeight;
  }

  /** The number of samples. */
  get rows(): number {
    return this.x[0]!.shape[0];
  }

  /** Changes all tensors. */
  map(change: (t: Tensor) => Tensor): FlatBatch {
    return new FlatBatch(
      this.x.map(change),
      this.y.map(change),
      this.sampleWeight?.map((weights) => weights && change(weights)),
    );
  }
}

/** How to split tensors into batches. */
export interface BatchOptions {
  readonly batchSize?: number;
  readonly shuffle?: boolean;
  readonly validationSplit?: number;
}

/** The batches to train on, and the samples that are held out, if any. */
export function toBatches(
  data: FlatBatches | FlatBatch,
  model: Model,
  options: BatchOptions,
): { batches: FlatBatches; held?: FlatBatch } {
  const { batchSize = 32, shuffle = true, validationSplit = 0 } = options;
  if (isBatches(data)) {
    if (validationSplit > 0)
      throw new OptionError(
        'fit: `validationSplit` needs the samples as tensors; split batches yourself and pass `validation`',
      );
    return { batches: data };
  }
  checkBatch('fit', model, data);
  const { rows } = data;
  const train = Math.floor(rows * (1 - validationSplit) + 1e-9); // 10 · (1 − 0.9) is not quite 1
  if (train === 0 || (train === rows && validationSplit > 0)) {
    throw new OptionError(
      `fit: \`validationSplit\` must leave samples on both sides, got ${validationSplit} of ${rows} samples`,
    );
  }
  const indices = Int32Array.from({ length: rows }, (_, i) => i);
  const part = indices.subarray(0, train);
  const batches: FlatBatches = {
    size: Math.ceil(train / batchSize),
    *[Symbol.iterator]() {
      const order = shuffle ? argsort(randomUniform(model.rng.stream('shuffle'), [train])).data : part;
      for (let at = 0; at < train; at += batchSize)
        yield rowsOf(data, Int32Array.from(order.subarray(at, at + batchSize)));
    },
  };
  return train < rows ? { batches, held: rowsOf(data, indices.subarray(train)) } : { batches };
}

/** Batches as they were given, or already flat. */
export type FlatBatches = (Iterable<GivenBatch | FlatBatch> | AsyncIterable<GivenBatch | FlatBatch>) & {
  readonly size?: number | undefined;
};

export function isBatches<T extends object>(data: T): data is Extract<T, Iterable<unknown> | AsyncIterable<unknown>> {
  return Symbol.iterator in data || Symbol.asyncIterator in data;
}

/** A selection of the samples. */
function rowsOf(batch: FlatBatch, rows: Int32Array): FlatBatch {
  const at = tensor(rows, [rows.length], 'int32');
  return batch.map((t) => gather(t, at));
}

/** The samples of `data` in batches, in order. */
export function inOrder(data: FlatBatches | FlatBatch, model: Model, batchSize: number): FlatBatches {
  if (isBatches(data)) return data;
  checkBatch('evaluate', model, data);
  const { rows } = data;
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
export function withClassWeights(batch: FlatBatch, weights: Readonly<Record<number, number>>): FlatBatch {
  const { x, y, sampleWeight } = batch;
  const labels = labelsOf(y[0]!);
  const each = tensor(
    Float32Array.from(labels.data, (label) => weights[label] ?? 1),
    labels.shape,
  );
  const given = sampleWeight?.[0];
  if (!given) return new FlatBatch(x, y, [each]);
  const [a, b] = alike(cast(given, 'float32'), each);
  return new FlatBatch(x, y, [mul(a, b)]);
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
export function checkEnd(op: string, option: string, { size }: FlatBatches, steps: number | undefined): void {
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

/** Throws if `x` does not hold samples of the shapes of the model's inputs. */
export function checkSamples(op: string, model: Model, x: readonly Tensor[], y: readonly Tensor[] = []): void {
  treeLeaves(model.inputs, 'x').forEach(({ path, leaf }, i) => {
    const { shape: sample, dtype = x[i]!.dtype } = leaf as SymbolicTensor;
    const { shape } = x[i]!;
    if (x[i]!.dtype !== dtype)
      throw new DTypeError(
        `${op}: \`${path}\` must be ${dtype}, as \`input\` says, got ${x[i]!.dtype}; convert it with \`cast\``,
      );
    if (shape.length !== sample.length + 1 || sample.some((n, k) => n !== Infinity && n !== shape[k + 1])) {
      const expected = showShape([...sample]).replace('[', sample.length === 0 ? '[batch' : '[batch,');
      throw new ShapeError(
        `${op}: \`${path}\` must have shape ${expected}, got ${showShape(shape)}${sampleRemedy(sample, shape, y[i]?.shape)}`,
      );
    }
    if (shape[0] === 0)
      throw new ShapeError(`${op}: \`${path}\` must have at least one sample, got ${showShape(shape)}`);
    if (shape[0] !== x[0]!.shape[0])
      throw new ShapeError(
        `${op}: \`${path}\` must have as many samples as the other inputs, ${x[0]!.shape[0]}, got shape ${showShape(shape)}`,
      );
  });
}

/** Throws if a batch does not fit the model, or its parts do not fit each other. */
export function checkBatch(op: string, model: Model, { x, y, sampleWeight }: FlatBatch): void {
  checkSamples(op, model, x, y);
  const samples = `for each of the ${x[0]!.shape[0]} samples of \`x\``;
  for (const { shape } of y)
    if (shape[0] !== x[0]!.shape[0])
      throw new ShapeError(`${op}: \`y\` must have a target ${samples}, got shape ${showShape(shape)}`);
  for (const weights of sampleWeight ?? [])
    if (weights && weights.shape[0] !== x[0]!.shape[0])
      throw new ShapeError(
        `${op}: \`sampleWeight\` must have a weight ${samples}, got shape ${showShape(weights.shape)}`,
      );
}

/**
 * Throws unless all weights are finite and not negative. The loss is divided by the sum of the weights, which could
 * otherwise be 0 or negative.
 */
export async function checkWeights(op: string, { sampleWeight = [] }: FlatBatch): Promise<void> {
  for (const weights of sampleWeight) {
    const values = await weights?.read();
    const wrong = values?.findIndex((w) => !(w >= 0 && w < Infinity)) ?? -1;
    if (wrong >= 0)
      throw new ValueError(
        `${op}: \`sampleWeight\` must hold finite numbers from 0, got ${values![wrong]} at position ${wrong}; a weight of 0 leaves a sample out`,
      );
  }
}

/** Repeats the last sample up to `rows`, so that an incomplete batch runs on the program of a full one. */
export function padRows(t: Tensor, rows: number): Tensor {
  const have = t.shape[0];
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
