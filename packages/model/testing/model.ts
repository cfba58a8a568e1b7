import { checkOptions } from '@chainrule/errors/check';
import {
  addBias,
  biasWeight,
  defineLayer,
  type KernelOptions,
  kernelWeight,
  type Layer,
  type SameShapeRule,
  type ShapeRule,
  zerosInitializer,
} from '@chainrule/layers-core';
import type { Optimizer } from '@chainrule/optim';
import {
  add,
  type FloatDType,
  map,
  matmul,
  mean,
  randomUniform,
  scalar as e,
  sub,
  tanh,
  type Tensor,
  tensor,
  type Variable,
} from '@chainrule/tensor';
import { FlatBatch, isBatches, type TrainingData } from '../src/training/batches.ts';
import type { EpochLogs } from '../src/callbacks/callbacks.ts';
import { fitChecks } from '../src/training/optionChecks.ts';
import type { FitOptions, Trainer } from '../src/training/trainer.ts';
import { CallbackMemory } from '../src/callbacks/callbackMemory.ts';
import { fitEpochs, type StepResult, type Training } from '../src/training/fit.ts';
import { input } from '../src/graph/input.ts';
import type { MetricSet } from '../src/training/metricSet.ts';
import { sequential } from '../src/graph/sequential.ts';
import type { Logs } from '../src/training/trainingMetric.ts';

// Layers and an optimizer for this package's tests, which see none of the real ones.

interface UnitsRule<U extends number> extends ShapeRule {
  readonly output: readonly [number, U];
}

/** `[batch, features]` to `[batch, units]`. */
export function affine<const U extends number>(units: U, options: KernelOptions = {}): Layer<UnitsRule<U>> {
  let kernel: Variable;
  let bias: Variable | undefined;
  return defineLayer<UnitsRule<U>>({
    type: 'affine',
    name: options.name,
    args: [units, options],
    outputShape: ([batch]) => [batch!, units],
    build(input, at) {
      kernel = kernelWeight(at, [input[1]!, units], options);
      bias = biasWeight(at, units, options);
    },
    call: (x) => addBias(matmul(x, kernel.value), bias, options.activation),
  });
}

export function bend(): Layer<SameShapeRule> {
  return defineLayer<SameShapeRule>({ type: 'bend', args: [], outputShape: (s) => s, call: (x) => tanh(x) });
}

/** Pixels to numbers. */
export function rescale(): Layer<SameShapeRule> {
  return defineLayer<SameShapeRule>({
    type: 'rescale',
    args: [],
    outputShape: (s) => s,
    call: (x) => map((v) => e.div(e.cast(v, 'float32'), 255), [x]),
  });
}

/** Adds noise while training, and counts how often it did. */
export function noise(): Layer<SameShapeRule> {
  let count: Variable;
  return defineLayer<SameShapeRule>({
    type: 'noise',
    args: [],
    outputShape: (s) => s,
    build(_, at) {
      count = at.weight('count', [], zerosInitializer, { trainable: false });
    },
    call(x, { training, rng }) {
      if (!training) return x;
      count.assign(add(count.value, 1));
      return add(x, sub(randomUniform(rng, x.shape, { dtype: x.dtype as FloatDType }), 0.5));
    },
  });
}

/** Plain gradient descent. */
export function descent(rate: number): Optimizer {
  return {
    name: 'descent',
    gives: 'steps',
    init: () => [],
    tick: () => undefined,
    update: (gradients) => gradients.map((g) => map((v) => e.mul(v, -rate), [g])),
  };
}

/** A batch of one input and one output. */
export interface TrainingBatch {
  readonly x: Tensor;
  readonly y: Tensor;
  readonly sampleWeight?: Tensor | undefined;
}

/** The tensors of a flat batch with one input and one output. */
export function only(batch: unknown): TrainingBatch {
  const { x, y, sampleWeight } = batch as FlatBatch;
  return { x: x[0]!, y: y[0]!, sampleWeight: sampleWeight?.[0] };
}

/** Two classes that the sign of the first feature tells apart, and numbers that differ from seed to seed. */
export function twoBlobs(rows: number, seed = 0): TrainingBatch {
  const center = (i: number): number => (i % 4 === 0 ? 1 : i % 4 === 2 ? -1 : 0);
  const x = Float32Array.from({ length: rows * 2 }, (_, i) => center(i) + 0.5 * Math.sin(i * 12.9898 + seed));
  return {
    x: tensor(x, [rows, 2]),
    y: tensor(
      Int32Array.from({ length: rows }, (_, i) => i % 2),
      [rows],
      'int32',
    ),
  };
}

/** Batches of `size` rows; the last may be smaller. */
export function inBatches({ x, y }: TrainingBatch, size: number): TrainingBatch[] {
  const rows = (t: Tensor, from: number): Tensor => {
    const width = t.size / t.shape[0];
    const part = t.data.slice(from * width, (from + size) * width);
    return tensor(part, [part.length / width, ...t.shape.slice(1)], t.dtype);
  };
  return Array.from({ length: Math.ceil(x.shape[0] / size) }, (_, i) => ({
    x: rows(x, i * size),
    y: rows(y, i * size),
  }));
}

/** A batch whose samples are all one number. */
export function batch(first: number, rows: number): TrainingBatch {
  return { x: tensor(new Float32Array(rows).fill(first), [rows, 1]), y: tensor(new Float32Array(rows)) };
}

/** A trainer that does not train, what it trains with, and the batches that it was given. */
export interface Pretender {
  readonly trainer: Trainer;
  readonly training: Training;
  readonly seen: string[];
}

/** Takes tensors as they are. */
export const plainConversion: Training['conversion'] = {
  samples: (_, x) => [x as Tensor],
  batch: (_, { x, y, sampleWeight }) =>
    new FlatBatch([x as Tensor], [y as Tensor], sampleWeight === undefined ? undefined : [sampleWeight as Tensor]),
  data: (op, data) => (data instanceof FlatBatch || isBatches(data) ? data : plainConversion.batch(op, data)),
};

/** The loss is the batch's first number, the accuracy one over it. */
export function pretender(validation: Iterable<Logs> = []): Pretender {
  const seen: string[] = [];
  const found = validation[Symbol.iterator]();
  const real = sequential(input([1]), affine(1)).compile({ optimizer: descent(0), loss: (p) => mean(p) });
  let [sum, samples] = [0, 0];
  const metrics: MetricSet = {
    metrics: [],
    update: () => undefined,
    reset: () => void ([sum, samples] = [0, 0]),
    results: () => Promise.resolve({ accuracy: sum / samples }),
    keep: () => Promise.resolve(() => undefined),
  };
  const step = (flat: FlatBatch): Promise<StepResult> => {
    const { x } = only(flat);
    const [value, rows] = [x.data[0]!, x.shape[0]];
    seen.push(`train ${value}`);
    sum += rows / value;
    samples += rows;
    return Promise.resolve({ loss: value, weight: rows, check: 0, outputs: [] });
  };
  const trainer: Trainer = {
    ...real,
    evaluate() {
      seen.push('evaluate');
      return Promise.resolve((found.next().value as Logs | undefined) ?? { loss: 7, accuracy: 0.5 });
    },
  };
  return {
    trainer,
    training: {
      metrics,
      outputs: [],
      step,
      replay: () => Promise.resolve(),
      alone: (run) => run(),
      memory: new CallbackMemory(),
      conversion: plainConversion,
    },
    seen,
  };
}

/** `fit` of a pretender. */
export async function pretend(
  { trainer, training }: Pretender,
  data: TrainingData,
  options: FitOptions = {},
): Promise<readonly EpochLogs[]> {
  checkOptions('fit', options, fitChecks);
  return fitEpochs(trainer, training, training.conversion.data('fit', data), options);
}
