import { exponentialDecay, stepDecay } from '@chainrule/optim';
import { imageSets, loadImages } from '../images.ts';
import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { trainModel } from '../trainModel.ts';
import { batchSize, classifying, showMistakes } from './classifying.ts';
import { digitsNet, textbookNet } from './models.ts';

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
    ...classifying({ train, test, epochs, learningRate }),
  });
  showMistakes(run, predictions, test);
  console.log(resultLine(report));
  return report;
}
