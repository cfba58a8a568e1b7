import { standardScaler, trainTestSplit } from '@chainrule/data-loaders';
import { dense } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import { meanAbsoluteError, rootMeanSquaredError } from '@chainrule/metrics';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam, cosineDecay } from '@chainrule/optim';
import { relu, tensor, type Tensor } from '@chainrule/tensor';
import { plotRegression, plotResiduals } from '@chainrule/visualize';
import { firstRows } from '../firstRows.ts';
import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import { type Samples, trainModel } from '../trainModel.ts';
import { loadCars, loadTransistors } from './tables.ts';

/** Two regressions: transistor counts by year, which are a line in logarithms, and the fuel that cars need. A third is held out. */
export const regression: Task = {
  pipeline: 'mlp',
  name: 'regression',
  main: true,
  about: "predicts numbers: Moore's law by a line in logarithms, and miles per gallon by a line and by a net",
  // `auto-mpg` has the real cars and generated transistors: moore.csv is read from a folder only.
  dataSets: ['generated', 'moore-auto-mpg', 'auto-mpg'],
  filesOnly: ['moore-auto-mpg'],
  run,
};

/** A model's predictions for the test samples, in the unit of the targets. */
interface Fitted {
  readonly report: Report;
  readonly predictions: readonly number[];
  readonly targets: readonly number[];
  /** All features of the test samples; those of transistors are years. */
  readonly features: readonly number[];
}

async function run(run: TaskRun): Promise<Report> {
  const law = await fit(run, 'transistors', await loadTransistors(run), line);
  const doubling = doublingTime(law);
  console.log(`transistors: doubled every ${doubling.toFixed(2)} years; ${resultLine(law.report)}`);
  run.show({
    kind: 'points',
    title: 'transistors by year',
    x: 'year',
    y: 'logarithm of the number, base 2',
    points: [...pointsOf(law.features, law.targets, 'test data'), ...pointsOf(law.features, law.predictions, 'model')],
  });
  run.show(plotResiduals(law, { title: 'residuals of transistors', unit: 'base-2 logarithm' }));
  const cars = await loadCars(run);
  const linear = await fit(run, 'cars, linear', cars, line);
  const net = await fit(run, 'cars, net', cars, hiddenNet);
  run.show(plotRegression(net, { title: 'cars', unit: 'miles per gallon' }));
  run.show(plotResiduals(net, { title: 'residuals of cars', unit: 'miles per gallon' }));
  const rows = [linear, net].map(({ report: { parameters, metrics } }, i) => [
    ['linear', '64-64'][i]!,
    String(parameters),
    metrics['testRmse']!.toFixed(2),
    metrics['testMae']!.toFixed(2),
  ]);
  console.log(
    `errors in miles per gallon\n${textTable([['model', 'parameters', 'root mean square', 'mean absolute'], ...rows])}\n`,
  );
  const metrics = {
    carsNetTestRmse: net.report.metrics['testRmse']!,
    carsLinearTestRmse: linear.report.metrics['testRmse']!,
    yearsToDouble: doubling,
    transistorsTestRmse: law.report.metrics['testRmse']!,
  };
  const summary = summarize(
    { task: 'mlp regression', dataset: run.dataset, metrics },
    [law, linear, net].map(({ report }) => report),
  );
  console.log(resultLine(summary));
  return summary;
}

/** Trains a model on standardized features and targets. */
async function fit(
  run: TaskRun,
  variant: string,
  samples: Samples,
  model: (features: number) => Sequential,
): Promise<Fitted> {
  const { seed, limit, epochs = 150 } = run.options;
  const { train, test } = trainTestSplit(samples, { testSize: 1 / 3, seed });
  const [x, y] = [standardScaler(train.x), standardScaler(train.y)];
  const scaled = (part: Samples): Samples => ({ x: x.transform(part.x), y: y.transform(part.y) });
  const few = { x: firstRows(train.x, limit), y: firstRows(train.y, limit) };
  const batchSize = 32;
  const { report, predictions } = await trainModel(run, {
    name: 'mlp regression',
    variant,
    model: model(train.x.shape[1]),
    train: scaled(few),
    test: scaled(test),
    optimizer: adam({
      learningRate: cosineDecay({
        initialLearningRate: 0.05,
        decaySteps: Math.max(1, epochs) * Math.ceil(few.y.shape[0] / batchSize),
      }),
    }),
    loss: meanSquaredError,
    metrics: { rmse: rootMeanSquaredError(), mae: meanAbsoluteError() },
    epochs,
    batchSize,
    brief: true,
  });
  // The metrics are in deviations of the targets.
  const [one, zero] = [1, 0].map((value) => y.inverse(tensor([[value]])).item());
  const deviation = one! - zero!;
  const metrics = {
    testRmse: report.metrics['testRmse']! * deviation,
    testMae: report.metrics['testMae']! * deviation,
  };
  const values = (t: Tensor): number[] => [...t.data];
  return {
    report: { ...report, metrics },
    predictions: values(y.inverse(predictions)),
    targets: values(test.y),
    features: values(test.x),
  };
}

const line = (features: number): Sequential => sequential(input([features]), dense(1));

const hiddenNet = (features: number): Sequential =>
  sequential(input([features]), dense(64, { activation: relu }), dense(64, { activation: relu }), dense(1));

/** One over the slope of the model, in years per doubling: the predictions lie on a line. */
function doublingTime({ features, predictions }: Pick<Fitted, 'features' | 'predictions'>): number {
  const [first, last] = [features.indexOf(Math.min(...features)), features.indexOf(Math.max(...features))];
  return (features[last]! - features[first]!) / (predictions[last]! - predictions[first]!);
}

function pointsOf(x: readonly number[], y: readonly number[], group: string) {
  return x.map((value, i) => ({ x: value, y: y[i]!, group }));
}
