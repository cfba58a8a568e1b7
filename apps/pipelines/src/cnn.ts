import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { adam, exponentialDecay, stepDecay } from '@chainrule/optim';
import { argmax } from '@chainrule/tensor';
import { loadImages } from './images.ts';
import { digitsNet, textbookNet } from './models.ts';
import type { Options } from './options.ts';
import type { Report } from './report.ts';
import { resultLine, runTask } from './runTask.ts';
import { confusionTable, pictures } from './terminal.ts';

const batchSize = 32;

/** Trains a convolutional net on small images of ten classes and shows how well it reads others. */
export async function runCnn(options: Options): Promise<Report> {
  const { dataset, seed, epochs = 3 } = options;
  const { train, test } = await loadImages(options);
  const steps = Math.ceil(train.y.shape[0]! / batchSize);
  const learningRate =
    dataset === 'digits'
      ? exponentialDecay({ initialLearningRate: 0.004, decaySteps: steps * Math.max(1, epochs), decayRate: 0.1 })
      : stepDecay({ initialLearningRate: 0.002, every: steps, factor: 0.4 }); // in the first epoch the textbook’s rate
  const { report, predictions } = await runTask({
    name: `cnn ${dataset}`,
    model: dataset === 'digits' ? digitsNet() : textbookNet(),
    train,
    test,
    optimizer: adam({ learningRate }),
    loss: sparseCategoricalCrossEntropy,
    accuracy: sparseCategoricalAccuracy(),
    epochs,
    batchSize,
    seed,
    on: options,
  });
  const read = argmax(predictions, { axis: -1 }).data;
  console.log(`\n${confusionTable(test.y.data, read, 10)}\n`);
  console.log(pictures(test.x, test.y.data, read));
  console.log(resultLine(report));
  return report;
}
