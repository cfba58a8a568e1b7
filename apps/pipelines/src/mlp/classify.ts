import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { sgd } from '@chainrule/optim';
import { argmax } from '@chainrule/tensor';
import { plotConfusionMatrix } from '@chainrule/visualize';
import { loadImages } from '../images.ts';
import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { trainModel } from '../trainModel.ts';
import { multilayerNet } from './multilayerNet.ts';

/** A multilayer perceptron on small images of ten classes, by plain gradient descent. */
export const classifyByMlp: Task = {
  pipeline: 'mlp',
  name: 'classify',
  main: true,
  about: 'classifies images with a multilayer perceptron, 784-300-100-10',
  dataSets: ['digits', 'fashion-mnist', 'mnist'],
  run,
};

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    options: { epochs = 5 },
  } = run;
  const { train, test } = await loadImages(run);
  const { report, predictions } = await trainModel(run, {
    name: `mlp ${dataset}`,
    model: multilayerNet(),
    train,
    test,
    optimizer: sgd({ learningRate: 0.01 }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
    epochs,
    batchSize: 32,
  });
  run.show(plotConfusionMatrix({ predictions: argmax(predictions, { axis: -1 }), labels: test.y }));
  console.log(resultLine(report));
  return report;
}
