import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MissingDataError } from '@chainrule/errors';
import { blobs, readCsv, standardScaler, trainTestSplit } from '@chainrule/data-loaders';
import { binaryCrossEntropy } from '@chainrule/losses';
import { binaryAccuracy } from '@chainrule/metrics';
import { adam } from '@chainrule/optim';
import { cast, greater, reshape, slice, type Tensor } from '@chainrule/tensor';
import { oneUnit } from './models.ts';
import type { Options } from './options.ts';
import type { Report } from './report.ts';
import { resultLine, runTask, type Samples } from './runTask.ts';
import { confusionTable } from './terminal.ts';

/** Trains one unit on a table of numbers: which of two classes a row belongs to. A third of the rows is held out. */
export async function runTabular(options: Options): Promise<Report> {
  const { dataset, seed, epochs = 10, limit } = options;
  const table = dataset === 'breast-cancer' ? await breastCancer(options.dataDir!) : twoBlobs(seed);
  const { train, test } = trainTestSplit(table, { testSize: 1 / 3, seed, stratify: reshape(table.y, [table.y.size]) });
  const scaler = standardScaler(train.x);
  const rows = (t: Tensor): Tensor => (limit === undefined ? t : firstRows(t, limit));
  const { report, predictions } = await runTask({
    name: `tabular ${dataset}`,
    model: oneUnit(train.x.shape[1]!),
    train: { x: rows(scaler.transform(train.x)), y: rows(train.y) },
    test: { x: scaler.transform(test.x), y: test.y },
    optimizer: adam({ learningRate: 0.02 }),
    loss: binaryCrossEntropy,
    accuracy: binaryAccuracy({ fromLogits: true }),
    epochs,
    batchSize: 32,
    seed,
    on: options,
  });
  console.log(`\n${confusionTable(test.y.data, greater(predictions, 0).data, 2)}\n`);
  console.log(resultLine(report));
  return report;
}

function firstRows(t: Tensor, count: number): Tensor {
  return t.shape[0]! <= count ? t : slice(t, [0, 0], [count, -1]);
}

/** Two clouds of points in ten dimensions that overlap a little. */
function twoBlobs(seed: number): Samples {
  const { x, y } = blobs({ count: 600, classes: 2, features: 10, spread: 8, seed });
  return { x, y: cast(reshape(y, [y.size, 1]), 'float32') };
}

/** 569 tumours, 30 measures each; 1 is benign. The first line of the file gives counts and classes. */
async function breastCancer(dataDir: string): Promise<Samples> {
  const files = ['breast_cancer.csv', join('tabular', 'breast_cancer.csv')].map((file) => join(dataDir, file));
  for (const file of files) {
    const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => (error.code === 'ENOENT' ? undefined : Promise.reject(error)));
    if (text === undefined) continue;
    const all = readCsv(text, { header: false, skip: 1, name: file }).tensor();
    const columns = all.shape[1]! - 1;
    return { x: slice(all, [0, 0], [-1, columns]), y: slice(all, [0, columns], [-1, 1]) };
  }
  throw new MissingDataError(`tabular: expected ${files.join(' or ')}, got neither; see --data-dir`);
}
