import { toCategorical } from '@chainrule/data-loaders';
import { rootMeanSquaredError } from '@chainrule/metrics';
import { cast, div, Generator, randomUniform, reshape, tensor, type Tensor } from '@chainrule/tensor';
import { counted, type Figure, plotImages } from '@chainrule/visualize';
import { loadImages } from '../images.ts';
import type { TaskRun } from '../task.ts';
import type { Samples } from '../trainModel.ts';

/** Single inputs `[count, features]` with sequences `[count, steps, outputs]`. */
export interface Problem {
  readonly train: Samples;
  readonly test: Samples;
  readonly units: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** A simple answer with its root mean square error. */
  readonly guess: { readonly name: string; readonly error: number };
  /** Compares the predictions for the test samples with the truth. */
  readonly figures: (predictions: Readonly<Record<string, Tensor>>) => Figure[];
}

const waveSteps = 40;
/** Turns per step. */
const [slowest, fastest] = [1 / 40, 1 / 8];

/** Sines that start at 0, of 40 steps: from 1 to 5 turns. The input is the frequency, from −1 for the lowest to 1 for the highest. */
export function waveProblem({ options: { seed, limit = 1000 } }: Pick<TaskRun, 'options'>): Problem {
  const drawn = randomUniform(new Generator(seed).stream('frequencies'), [limit], { low: -1, high: 1 }).data;
  const even = Float32Array.from({ length: 101 }, (_, i) => (i - 50) / 50);
  const test = waves(even);
  return {
    train: waves(drawn),
    test,
    units: 32,
    epochs: 40,
    batchSize: 32,
    guess: { name: 'Who always answers 0', error: Math.SQRT1_2 },
    figures: (predictions) =>
      [20, 80].map((row) => ({
        kind: 'lines',
        title: `wave of ${(waveSteps * frequencyOf(even[row]!)).toFixed(1)} turns`,
        x: 'step',
        y: 'value',
        series: Object.entries({ truth: test.y, ...predictions }).map(([name, { data }]) =>
          counted(name, data.slice(row * waveSteps, (row + 1) * waveSteps)),
        ),
      })),
  };
}

function frequencyOf(value: number): number {
  return slowest + ((value + 1) / 2) * (fastest - slowest);
}

function waves(inputs: ArrayLike<number>): Samples {
  const count = inputs.length;
  const y = Float32Array.from({ length: count * waveSteps }, (_, i) =>
    Math.sin(2 * Math.PI * frequencyOf(inputs[Math.floor(i / waveSteps)]!) * (i % waveSteps)),
  );
  return { x: tensor(Float32Array.from(inputs), [count, 1]), y: tensor(y, [count, waveSteps, 1]) };
}

/** Images of ten classes, 28 rows of 28 pixels from 0 to 1. The best answer for a class is the mean of its images. */
export async function imageProblem(run: Pick<TaskRun, 'dataset' | 'options'>): Promise<Problem> {
  const { train, test } = await loadImages(run);
  const [learnt, held] = [train, test].map(({ x, y }) => ({
    x: toCategorical(y as Tensor<[number], 'int32'>, 10),
    y: div(cast(reshape(x, [x.shape[0], 28, 28]), 'float32'), 255),
  })) as [Samples, Samples];
  const means = meansOf(learnt.y, train.y);
  const ofClass = Array.from({ length: 10 }, (_, label) => test.y.data.indexOf(label));
  return {
    train: learnt,
    test: held,
    units: 64,
    epochs: 3,
    batchSize: 128,
    guess: { name: 'The mean image of the class', error: errorOf(means, test.y, held.y) },
    figures: (predictions) =>
      Object.entries({ 'mean images': means, ...predictions }).map(([name, { data }]) => {
        const rows = name === 'mean images' ? ofClass.map((_, label) => label) : ofClass;
        const pixels = rows.flatMap((row) => [...data.slice(row * 784, (row + 1) * 784)]);
        const shown = pixels.map((value) => Math.min(1, Math.max(0, value)));
        return plotImages(tensor(shown, [10, 28, 28]), {
          title: name === 'mean images' ? name : `images by ${name}`,
          labels: ofClass.map((_, label) => label),
        });
      }),
  };
}

/** The mean image of each class, `[10, 28, 28]`. */
function meansOf({ data }: Tensor, { data: labels }: Tensor): Tensor {
  const [sums, counts] = [new Float64Array(10 * 784), new Array<number>(10).fill(0)];
  labels.forEach((label, row) => {
    counts[label]!++;
    for (let i = 0; i < 784; i++) sums[label * 784 + i]! += data[row * 784 + i]!;
  });
  return tensor(
    Float32Array.from(sums, (sum, i) => sum / Math.max(1, counts[Math.floor(i / 784)]!)),
    [10, 28, 28],
  );
}

/** The root mean square error of the mean images. */
function errorOf(means: Tensor, { data: labels }: Tensor, truth: Tensor): number {
  const answers = new Float32Array(truth.size);
  labels.forEach((label, row) => answers.set(means.data.subarray(label * 784, (label + 1) * 784), row * 784));
  const metric = rootMeanSquaredError();
  metric.update(tensor(answers, truth.shape), truth);
  return metric.result();
}
