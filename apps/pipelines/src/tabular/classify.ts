import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingDataError } from '@chainrule/errors';
import { blobs, readCsv, standardScaler, trainTestSplit } from '@chainrule/data-loaders';
import { dense } from '@chainrule/layers-dense';
import { binaryCrossEntropy } from '@chainrule/losses';
import { binaryAccuracy } from '@chainrule/metrics';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { cast, greater, reshape, slice } from '@chainrule/tensor';
import { plotConfusionMatrix } from '@chainrule/visualize';
import { firstRows } from '../firstRows.ts';
import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { type Samples, trainModel } from '../trainModel.ts';

/** Classifies the rows of a table of numbers into two classes with one unit. A third of the rows is held out. */
export const classifyRows: Task = {
  pipeline: 'tabular',
  name: 'classify',
  main: true,
  about: 'logistic regression on a table of numbers',
  dataSets: ['blobs', 'breast-cancer'],
  filesOnly: ['breast-cancer'],
  run,
};

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    options: { seed, epochs = 10, limit, dataDir },
  } = run;
  const table = dataset === 'breast-cancer' ? await breastCancer(dataDir!) : twoBlobs(seed);
  const { train, test } = trainTestSplit(table, { testSize: 1 / 3, seed, stratify: reshape(table.y, [table.y.size]) });
  const scaler = standardScaler(train.x);
  const { report, predictions } = await trainModel(run, {
    name: `tabular ${dataset}`,
    model: oneUnit(train.x.shape[1]!),
    train: { x: firstRows(scaler.transform(train.x), limit), y: firstRows(train.y, limit) },
    test: { x: scaler.transform(test.x), y: test.y },
    optimizer: adam({ learningRate: 0.02 }),
    loss: binaryCrossEntropy,
    metrics: { accuracy: binaryAccuracy() },
    epochs,
    batchSize: 32,
  });
  run.show(plotConfusionMatrix({ predictions: greater(predictions, 0), labels: test.y }));
  console.log(resultLine(report));
  return report;
}

/** Logistic regression: one unit over the features, whose output is a logit. */
function oneUnit(features: number): Sequential {
  return sequential(input([features]), dense(1));
}

/** Two clouds of points in ten dimensions that overlap a little. */
function twoBlobs(seed: number): Samples {
  const { x, y } = blobs({ count: 600, classes: 2, features: 10, spread: 8, seed });
  return { x, y: cast(reshape(y, [y.size, 1]), 'float32') };
}

/** 569 tumors with 30 measurements each; class 1 is benign. The first line of the file gives counts and classes. */
async function breastCancer(dataDir: string): Promise<Samples> {
  const files = ['breast_cancer.csv', join('tabular', 'breast_cancer.csv')].map((file) => join(dataDir, file));
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? undefined : Promise.reject(error),
    );
    if (text === undefined) continue;
    const all = readCsv(text, { header: false, skip: 1, name: file }).tensor();
    const columns = all.shape[1]! - 1;
    return { x: slice(all, [0, 0], [-1, columns]), y: slice(all, [0, columns], [-1, 1]) };
  }
  throw new MissingDataError(`tabular: expected ${files.join(' or ')}, got neither; see --data-dir`);
}
