import { dense, rescaling, reshape } from '@chainrule/layers-dense';
import { lstm, simpleRnn } from '@chainrule/layers-recurrent';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { imageSets, loadImages } from '../images.ts';
import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { trainModel } from '../trainModel.ts';

/** Classifies images as sequences of rows: 28 steps of 28 numbers. */
export const mnistRows: Task = {
  pipeline: 'rnn',
  name: 'mnist-rows',
  main: true,
  about: 'classifies images row by row with a simple RNN and an LSTM',
  dataSets: imageSets,
  run,
};

function rowsNet(recurrent: ReturnType<typeof lstm | typeof simpleRnn>): Sequential {
  return sequential(input([28, 28, 1]), rescaling(1 / 255), reshape([28, 28]), recurrent, dense(10));
}

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    options: { epochs = 3 },
  } = run;
  const samples = await loadImages(run);
  const reports: Report[] = [];
  for (const [variant, layer] of [
    ['simple RNN', simpleRnn(128)],
    ['LSTM', lstm(128)],
  ] as const) {
    const { report } = await trainModel(run, {
      name: 'rnn mnist-rows',
      variant,
      model: rowsNet(layer),
      ...samples,
      optimizer: adam({ learningRate: 0.001 }),
      loss: sparseCategoricalCrossEntropy,
      metrics: { accuracy: sparseCategoricalAccuracy() },
      epochs,
      batchSize: 32,
    });
    console.log(`${resultLine(report)}\n`);
    reports.push(report);
  }
  const [simple, long] = reports.map(({ metrics }) => metrics['testAccuracy']!) as [number, number];
  return summarize(
    { task: 'rnn mnist-rows', dataset, metrics: { testAccuracy: long, simpleRnnTestAccuracy: simple } },
    reports,
  );
}
