import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { dense, dropout, flatten, rescaling } from '@chainrule/layers-dense';
import { input, type Sequential, sequentialOf } from '@chainrule/model';
import { relu } from '@chainrule/tensor';
import { compareModels } from '../compareModels.ts';
import { loadImages } from '../images.ts';
import type { Report } from '../report.ts';
import type { Task, TaskRun } from '../task.ts';
import { classifying, showMistakes } from './classifying.ts';

/** Trains one network with dropout and without, on few images, so that their curves part. */
export const fashion: Task = {
  pipeline: 'cnn',
  name: 'fashion',
  about: 'dropout against overfitting: one network with it and without, and their curves',
  dataSets: ['digits', 'fashion-mnist', 'mnist'],
  run,
};

async function run(run: TaskRun): Promise<Report> {
  const { epochs = 20 } = run.options;
  const samples = await loadImages(run, { count: 500, testCount: 1000 });
  const shared = classifying({ ...samples, epochs });
  const { summary, trained } = await compareModels(run, {
    name: 'cnn fashion',
    title: 'dropout',
    variants: {
      'without dropout': { ...shared, model: twoBlocks(0) },
      dropout: { ...shared, model: twoBlocks(0.4) },
    },
  });
  showMistakes(run, trained.dropout.predictions, samples.test);
  return summary;
}

/** Two blocks of convolution and pooling, and a wide dense layer between two dropouts. */
function twoBlocks(rate: number): Sequential {
  const drop = (share: number) => (share > 0 ? [dropout(share)] : []);
  return sequentialOf(input([28, 28, 1]), [
    rescaling(1 / 255),
    conv2d({ filters: 16, kernelSize: 3, activation: relu }),
    maxPool2d(),
    conv2d({ filters: 32, kernelSize: 3, activation: relu }),
    maxPool2d(),
    flatten(),
    ...drop(rate),
    dense(128, { activation: relu }),
    ...drop(rate),
    dense(10),
  ]);
}
