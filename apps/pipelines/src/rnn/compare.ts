import { mnist } from '@chainrule/data-loaders/node';
import { identityInitializer, type Initializer, normal, normalizedPositiveDefinite } from '@chainrule/layers-core';
import { dense } from '@chainrule/layers-dense';
import { gru, lstm, simpleRnn } from '@chainrule/layers-recurrent';
import { meanSquaredError, sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { meanAbsoluteError, sparseCategoricalAccuracy } from '@chainrule/metrics';
import { input, sequential } from '@chainrule/model';
import { adam, chain, clipByGlobalNorm } from '@chainrule/optim';
import { Generator, randomPermutation, randomUniform, relu, tensor, type Tensor } from '@chainrule/tensor';
import { compareModels, type Variant } from '../compareModels.ts';
import { filesOf } from '../filesOf.ts';
import type { Report } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import type { Samples } from '../trainModel.ts';

/** Compares recurrent layers on sequences in which what matters lies far apart. */
export const compare: Task = {
  pipeline: 'rnn',
  name: 'compare',
  about: 'learns from steps far apart: tanh RNN, ReLU RNNs with identity (IRNN) and positive definite start, GRU, LSTM',
  dataSets: ['adding', 'mnist'],
  run,
};

const units = 32;

/** With ReLU, the first recurrent weights decide: an identity keeps the state, a positive definite matrix fades it in all directions but one. */
const rectified = (recurrentInitializer: Initializer): ReturnType<typeof simpleRnn> =>
  simpleRnn(units, { activation: relu, recurrentInitializer, kernelInitializer: normal({ stddev: 0.1 }) });

const layers: Readonly<Record<string, () => ReturnType<typeof simpleRnn | typeof lstm>>> = {
  'tanh RNN': () => simpleRnn(units),
  IRNN: () => rectified(identityInitializer),
  'np-RNN': () => rectified(normalizedPositiveDefinite),
  GRU: () => gru(units),
  LSTM: () => lstm(units),
};

async function run(run: TaskRun): Promise<Report> {
  const training = run.dataset === 'adding' ? adding(run) : await pixels(run);
  const [steps, features] = training.train.x.shape.slice(1) as [number, number];
  const variants = Object.fromEntries(
    Object.entries(layers).map(([name, layer]): [string, Variant] => [
      name,
      { ...training, model: sequential(input([steps, features]), layer(), dense(training.outputs)) },
    ]),
  );
  const { summary } = await compareModels(run, {
    name: 'rnn compare',
    variants,
    curves: Object.keys(training.metrics),
  });
  console.log(training.guess);
  return summary;
}

/** What the models share. */
interface Shared extends Omit<Variant, 'model'> {
  readonly outputs: number;
  /** A line about the result of a guess. */
  readonly guess: string;
}

const optimizer = chain(clipByGlobalNorm(1), adam({ learningRate: 0.003 }));

function adding({ options: { seed, limit = 4000, epochs = 15 } }: TaskRun): Shared {
  return {
    train: sums(limit, length, seed),
    test: sums(1000, length, seed + 1_000_003),
    outputs: 1,
    optimizer,
    loss: meanSquaredError,
    metrics: { error: meanAbsoluteError() },
    epochs,
    batchSize: 32,
    guess: 'Who always answers 1 has a mean absolute error of 1/3 and a loss of 1/6 = 0.1667.',
  };
}

/** The number of steps of the adding problem. */
const length = 50;

/**
 * The adding problem (Hochreiter and Schmidhuber 1997): a sequence of uniform random numbers, of which two are marked by 1 in
 * a second channel, one in each half. The answer is their sum.
 */
export function sums(count: number, steps: number, seed: number): Samples {
  const rng = new Generator(seed).stream('adding');
  const [values, places] = [randomUniform(rng, [count, steps]).data, randomUniform(rng, [count, 2]).data];
  const x = new Float32Array(count * steps * 2);
  const y = new Float32Array(count);
  const half = Math.floor(steps / 2);
  values.forEach((value, i) => (x[2 * i] = value));
  for (let i = 0; i < count; i++) {
    const marked = [Math.floor(places[2 * i]! * half), half + Math.floor(places[2 * i + 1]! * (steps - half))];
    for (const step of marked) {
      x[2 * (i * steps + step) + 1] = 1;
      y[i]! += values[i * steps + step]!;
    }
  }
  return { x: tensor(x, [count, steps, 2]), y: tensor(y, [count, 1]) };
}

const side = 14;
const pixelCount = side ** 2;

/** Digits of MNIST, 14 × 14 pixels, one pixel a step, in one random order for all: neighbors lie far apart. */
async function pixels({ options }: TaskRun): Promise<Shared> {
  const { seed, limit = 10_000, epochs = 5 } = options;
  const from = filesOf(options);
  const order = randomPermutation(new Generator(seed).stream('pixels'), pixelCount).data;
  const [train, test] = [await mnist({ ...from, split: 'train', limit }), await mnist({ ...from, split: 'test' })];
  return {
    train: { x: inOrder(train.images, order), y: train.labels },
    test: { x: inOrder(test.images, order), y: test.labels },
    outputs: 10,
    optimizer,
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
    epochs,
    batchSize: 64,
    guess: 'A guess is right on 10% of the digits.',
  };
}

/** Means of 2 × 2 pixels as sequences `[images, 196, 1]`: step i is pixel `order[i]`. */
function inOrder({ data, shape }: Tensor, order: ArrayLike<number>): Tensor {
  const x = new Float32Array(shape[0] * pixelCount);
  for (let i = 0; i < x.length; i++) {
    const [image, pixel] = [Math.floor(i / pixelCount), order[i % pixelCount]!];
    const [row, column] = [2 * Math.floor(pixel / side), 2 * (pixel % side)];
    const at = (image * 2 * side + row) * 2 * side + column;
    x[i] = (data[at]! + data[at + 1]! + data[at + 2 * side]! + data[at + 2 * side + 1]!) / (4 * 255);
  }
  return tensor(x, [shape[0], pixelCount, 1]);
}
