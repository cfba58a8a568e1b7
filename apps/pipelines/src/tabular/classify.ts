import { blobs, standardScaler, trainTestSplit } from '@chainrule/data-loaders';
import { dense } from '@chainrule/layers-dense';
import { binaryCrossEntropy } from '@chainrule/losses';
import { binaryAccuracy } from '@chainrule/metrics';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { greater } from '@chainrule/tensor';
import { plotConfusionMatrix } from '@chainrule/visualize';
import { firstRows } from '../firstRows.ts';
import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { type Samples, trainModel } from '../trainModel.ts';
import { readRows } from './tables.ts';

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
    options: { seed, epochs = 10, limit },
  } = run;
  const { x, y } = dataset === 'blobs' ? twoBlobs(seed) : await readRows(run);
  const { train, test } = trainTestSplit({ x, y }, { testSize: 1 / 3, seed, stratify: y });
  const scaler = standardScaler(train.x);
  const { report, predictions } = await trainModel(run, {
    name: `tabular ${dataset}`,
    model: oneUnit(train.x.shape[1]),
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
  return blobs({ count: 600, classes: 2, features: 10, spread: 8, seed });
}
