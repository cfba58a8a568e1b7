import { imputer, standardScaler, stratifiedKFold, trainTestSplit } from '@chainrule/data-loaders';
import { l2 } from '@chainrule/layers-core';
import { dense } from '@chainrule/layers-dense';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { input, sequential, type Sequential, type Trainer } from '@chainrule/model';
import { crossValidate, gridSearch, type Trial, type TrialResult } from '@chainrule/model-selection';
import { adam } from '@chainrule/optim';
import { relu, type Tensor } from '@chainrule/tensor';
import { type LineFigure, plotParallelCoordinates } from '@chainrule/visualize';
import { firstRows } from '../firstRows.ts';
import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { patients, readRows } from './tables.ts';

/** Chooses a network for a table: cross-validates every setting of a grid, and tests the best on rows that took no part. */
export const select: Task = {
  pipeline: 'tabular',
  name: 'select',
  about:
    'chooses units, learning rate and L2 penalty by 5-fold cross-validation, and tests the choice on held-out rows',
  dataSets: ['patients', 'pima', 'wine'],
  run,
};

const folds = 5;
const batchSize = 32;

/** Without hidden units, the network is a logistic regression. */
const grid = { units: [0, 4, 32], rate: [0.003, 0.03], penalty: [0, 0.01] } as const;

interface Settings {
  readonly units: number;
  readonly rate: number;
  readonly penalty: number;
}

const logistic: Settings = { units: 0, rate: 0.03, penalty: 0 };

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    options: { seed, limit, epochs = 20 },
  } = run;
  const start = performance.now();
  const { x, y, classes } = dataset === 'patients' ? patients(600, 0.35, seed) : await readRows(run);
  const { train: all, test } = trainTestSplit({ x, y }, { testSize: 0.3, seed, stratify: y });
  const train = { x: firstRows(all.x, limit), y: firstRows(all.y, limit) };
  const trial = trialOf(run, train, { classes: classes.length, epochs });
  console.log(`tabular select: ${train.y.size} rows in ${folds} folds, ${test.y.size} test rows, on ${run.on}\n`);
  const plain = await crossValidate(trial, logistic, { seed });
  console.log(
    `logistic regression, accuracy of each fold: ${plain.scores.map(percent).join(', ')}; ${spread(plain)}\n`,
  );
  const search = await gridSearch(trial, grid, { seed });
  const { best, trainer } = search;
  console.log(`${search.table()}\n`);
  run.show(spreadFigure(search.trials));
  run.show(plotParallelCoordinates(search, { title: 'accuracy by settings' }));
  const tested = await trainer!.evaluate(prepare(train, test).test, { batchSize });
  console.log(
    `the best has ${spread(best)} on the folds it was not trained on, and ${percent(tested['accuracy']!)} on the test rows; a guess of the more frequent class has ${percent(majority(train.y, test.y))}`,
  );
  const report: Report = {
    task: `tabular select ${dataset}`,
    dataset,
    metrics: {
      testAccuracy: tested['accuracy']!,
      validationAccuracy: best.mean,
      validationSpread: best.spread,
      logisticValidationAccuracy: plain.mean,
      ...Object.fromEntries(Object.entries(best.settings).map(([name, value]) => [`best ${name}`, Number(value)])),
    },
    epochs: [],
    seconds: (performance.now() - start) / 1000,
    parameters: network(x.shape[1], classes.length, best.settings).build().countParameters().total,
    seed,
  };
  trainer!.dispose();
  console.log(resultLine(report));
  return report;
}

function trialOf(
  { backend, options: { seed } }: TaskRun,
  data: Rows,
  { classes, epochs }: { readonly classes: number; readonly epochs: number },
): Trial<Settings, Trainer> {
  return {
    build: (settings, { seed }) =>
      network(data.x.shape[1], classes, settings).compile({
        seed,
        backend,
        optimizer: adam({ learningRate: settings.rate }),
        loss: sparseCategoricalCrossEntropy,
        metrics: { accuracy: sparseCategoricalAccuracy() },
      }),
    data,
    folds: stratifiedKFold(data.y, { folds, seed }),
    fit: { epochs, batchSize },
    prepare: (some, others) => prepare(some as Rows, others as Rows),
    score: 'accuracy',
  };
}

interface Rows {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Medians in place of missing values, and standardized features, both learned from the training rows alone. */
function prepare(train: Rows, test: Rows): { readonly train: Rows; readonly test: Rows } {
  const filling = imputer(train.x, { strategy: 'median' });
  const scaler = standardScaler(filling.transform(train.x));
  const prepared = ({ x, y }: Rows): Rows => ({ x: scaler.transform(filling.transform(x)), y });
  return { train: prepared(train), test: prepared(test) };
}

function network(features: number, classes: number, { units, penalty }: Settings): Sequential {
  const kernelRegularizer = l2(penalty);
  const output = dense(classes, { kernelRegularizer });
  if (units === 0) return sequential(input([features]), output);
  return sequential(input([features]), dense(units, { activation: relu, kernelRegularizer }), output);
}

/** The settings from the best to the worst: neighbors often differ by less than the spread of their folds. */
function spreadFigure(trials: readonly TrialResult<Settings>[]): LineFigure {
  const sorted = [...trials].sort((a, b) => b.mean - a.mean);
  return {
    kind: 'lines',
    title: 'accuracy of all settings',
    x: 'settings, from the best to the worst',
    y: 'accuracy on held-out folds',
    series: [
      {
        name: 'mean and spread of the folds',
        points: sorted.map(({ mean }, i) => [i + 1, mean] as const),
        band: sorted.map(({ mean, spread: width }, i) => [i + 1, mean - width, mean + width] as const),
      },
    ],
  };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

function spread(scores: { readonly mean: number; readonly spread: number }): string {
  return `${percent(scores.mean)} ± ${percent(scores.spread)}`;
}

/** The accuracy on test labels of always answering the most frequent training label. */
function majority(train: Tensor, test: Tensor): number {
  const counts: number[] = [];
  for (const label of train.data) counts[label] = (counts[label] ?? 0) + 1;
  const most = counts.findIndex((count) => count === Math.max(...counts.filter((n) => n > 0)));
  return test.data.filter((label) => label === most).length / test.size;
}
