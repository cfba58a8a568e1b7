import { normal } from '@chainrule/layers-core';
import { dense, flatten, rescaling } from '@chainrule/layers-dense';
import { meanSquaredError, sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { rootMeanSquaredError, sparseCategoricalAccuracy } from '@chainrule/metrics';
import { input, sequential } from '@chainrule/model';
import { adam, cosineDecay } from '@chainrule/optim';
import { relu, tanh, tensor } from '@chainrule/tensor';
import type { LineFigure } from '@chainrule/visualize';
import { loadImages } from '../images.ts';
import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import { type Samples, type Trained, type Training, trainModel } from '../trainModel.ts';

/** One hidden layer of 1 to 100 units: on a curve with many peaks, or on images. */
export const capacity: Task = {
  pipeline: 'mlp',
  name: 'capacity',
  main: true,
  about: 'how the error falls with the number of hidden units: a curve with many peaks, or images',
  dataSets: ['peaks', 'mnist', 'fashion-mnist'],
  run,
};

const counts = [1, 2, 5, 10, 20, 50, 100];

async function run(run: TaskRun): Promise<Report> {
  const training = run.dataset === 'peaks' ? onPeaks(run) : await onImages(run);
  const results: (Trained & { readonly units: number })[] = [];
  for (const units of counts) {
    const result = await trainModel(run, {
      ...training(units),
      name: 'mlp capacity',
      variant: `${units} units`,
      brief: true,
    });
    console.log(`${units} hidden units: ${resultLine(result.report)}`);
    results.push({ ...result, units });
  }
  const errors = results.map(({ units, report }) => ({ units, parameters: report.parameters, error: errorOf(report) }));
  const rows = errors.map(({ units, parameters, error }) => [String(units), String(parameters), error.toFixed(4)]);
  console.log(`\n${textTable([['hidden units', 'parameters', measure(run)], ...rows])}\n`);
  if (run.dataset === 'peaks') run.show(approximations(results));
  run.show({
    kind: 'lines',
    title: 'error and hidden units',
    x: 'logarithm of the number of hidden units, base 10',
    y: measure(run),
    scale: 'log',
    series: [{ name: 'test', points: errors.map(({ units, error }) => [Math.log10(units), error] as const) }],
  });
  const metrics = { testError: errors.at(-1)!.error, oneUnitTestError: errors[0]!.error };
  const summary = summarize(
    { task: 'mlp capacity', dataset: run.dataset, metrics },
    results.map(({ report }) => report),
  );
  console.log(resultLine(summary));
  return summary;
}

/** The share of wrong classes, or the root mean squared error. */
function errorOf({ metrics }: Report): number {
  return metrics['testError'] ?? 1 - metrics['testAccuracy']!;
}

const measure = ({ dataset }: TaskRun): string =>
  dataset === 'peaks' ? 'root mean squared error' : 'share of wrong test images';

type MakeTraining = (units: number) => Omit<Training, 'name' | 'variant' | 'brief'>;

/** Five peaks of different heights in [−4, 4]. */
export const peaks = (x: number): number => Math.sin(3.5 * x) + 0.4 * Math.cos(x) * x;

function onPeaks({ options: { limit = 256, epochs = 400 } }: TaskRun): MakeTraining {
  const train = curve(limit);
  const test = curve(401);
  return (units) => ({
    model: sequential(
      input([1]),
      // Each unit is a step at some place of the axis; large weights make the steps steep, large biases spread them.
      dense(units, {
        activation: tanh,
        kernelInitializer: normal({ stddev: 2 }),
        biasInitializer: normal({ stddev: 4 }),
      }),
      dense(1),
    ),
    train,
    test,
    optimizer: adam({
      learningRate: cosineDecay({ initialLearningRate: 0.02, decaySteps: Math.max(1, epochs) * Math.ceil(limit / 64) }),
    }),
    loss: meanSquaredError,
    metrics: { error: rootMeanSquaredError() },
    epochs,
    batchSize: 64,
  });
}

/** Points of {@link peaks} at equal distances. */
function curve(count: number): Samples {
  const x = Array.from({ length: count }, (_, i) => -4 + (8 * i) / Math.max(1, count - 1));
  return { x: tensor(x, [count, 1]), y: tensor(x.map(peaks), [count, 1]) };
}

async function onImages(run: TaskRun): Promise<MakeTraining> {
  const { train, test } = await loadImages(run);
  return (units) => ({
    model: sequential(input([28, 28, 1]), rescaling(1 / 255), flatten(), dense(units, { activation: relu }), dense(10)),
    train,
    test,
    optimizer: adam(),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
    epochs: run.options.epochs ?? 5,
    batchSize: 32,
  });
}

/** The function and what nets of a few sizes make of it. */
function approximations(results: readonly (Trained & { readonly units: number })[]): LineFigure {
  const { x, y } = curve(401);
  const series = (name: string, values: ArrayLike<number>): LineFigure['series'][number] => ({
    name,
    points: Array.from(values, (value, i) => [x.data[i]!, value] as const),
  });
  return {
    kind: 'lines',
    title: 'approximations by hidden units',
    x: 'x',
    y: 'y',
    series: [
      { ...series('function', y.data), dashed: true },
      ...results
        .filter(({ units }) => [1, 5, 20, 100].includes(units))
        .map(({ units, predictions }) => series(`${units} ${units === 1 ? 'unit' : 'units'}`, predictions.data)),
    ],
  };
}
