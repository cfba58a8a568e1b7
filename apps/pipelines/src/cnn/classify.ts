import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { adam, exponentialDecay, stepDecay } from '@chainrule/optim';
import { argmax } from '@chainrule/tensor';
import { plotConfusionMatrix, plotMisclassified } from '@chainrule/visualize';
import { imageSets, loadImages } from '../images.ts';
import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { trainModel } from '../trainModel.ts';
import { digitsNet, textbookNet } from './models.ts';

const batchSize = 32;

/** Trains a convolutional network on small images of ten classes, and tests it on others. */
export const classifyByCnn: Task = {
  pipeline: 'cnn',
  name: 'classify',
  main: true,
  about: 'classifies images with a convolutional network',
  dataSets: imageSets,
  run,
};

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    options: { epochs = 3 },
  } = run;
  const { train, test } = await loadImages(run);
  const steps = Math.ceil(train.y.shape[0] / batchSize);
  const learningRate =
    dataset === 'digits'
      ? exponentialDecay({ initialLearningRate: 0.004, decaySteps: steps * Math.max(1, epochs), decayRate: 0.1 })
      : stepDecay({ initialLearningRate: 0.002, every: steps, factor: 0.4 }); // in the first epoch the textbook’s rate
  const { report, predictions } = await trainModel(run, {
    name: `cnn ${dataset}`,
    model: dataset === 'digits' ? digitsNet() : textbookNet(),
    train,
    test,
    optimizer: adam({ learningRate }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
    epochs,
    batchSize,
  });
  const read = argmax(predictions, { axis: -1 });
  run.show(plotConfusionMatrix({ predictions: read, labels: test.y }));
  run.show(plotMisclassified(test.x, read, test.y, { count: 8, title: 'misclassified' }));
  console.log(resultLine(report));
  return report;
}
