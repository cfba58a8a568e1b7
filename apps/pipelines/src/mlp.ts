import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { sgd } from '@chainrule/optim';
import { argmax } from '@chainrule/tensor';
import { loadImages } from './images.ts';
import { multilayerNet } from './models.ts';
import type { Options } from './options.ts';
import type { Report } from './report.ts';
import { resultLine, runTask } from './runTask.ts';
import { confusionTable } from './terminal.ts';

/** Trains a multilayer perceptron on small images of ten classes, by plain gradient descent. */
export async function runMlp(options: Options): Promise<Report> {
  const { dataset, seed, epochs = 5 } = options;
  const { train, test } = await loadImages(options);
  const { report, predictions } = await runTask({
    name: `mlp ${dataset}`,
    model: multilayerNet(),
    train,
    test,
    optimizer: sgd({ learningRate: 0.01 }),
    loss: sparseCategoricalCrossEntropy,
    accuracy: sparseCategoricalAccuracy(),
    epochs,
    batchSize: 32,
    seed,
    on: options,
  });
  console.log(`\n${confusionTable(test.y.data, argmax(predictions, { axis: -1 }).data, 10)}\n`);
  console.log(resultLine(report));
  return report;
}
