import {
  type Augmentation,
  augmentation,
  compose,
  preview,
  randomRotation,
  randomShear,
  randomTranslation,
  randomZoom,
} from '@chainrule/augmentation';
import { takeRows } from '@chainrule/data-loaders';
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { dense, dropout, flatten, rescaling } from '@chainrule/layers-dense';
import { input, type Sequential, sequentialOf } from '@chainrule/model';
import { relu, reshape } from '@chainrule/tensor';
import { plotImages } from '@chainrule/visualize';
import { compareModels } from '../compareModels.ts';
import { imageSets, loadImages } from '../images.ts';
import type { Report } from '../report.ts';
import type { Task, TaskRun } from '../task.ts';
import { classifying } from './classifying.ts';

/** Trains on few images, with random changes in each epoch and without. */
export const augment: Task = {
  pipeline: 'cnn',
  name: 'augment',
  about: 'few images, with and without augmentation: random turns, shifts, zooms and shears',
  dataSets: imageSets,
  run,
};

/** Changes that leave a digit as it is. Clothes stand upright, too. */
const changes = compose(randomRotation(0.04), randomShear(0.2), randomZoom(0.15), randomTranslation(0.08));

async function run(run: TaskRun): Promise<Report> {
  const { epochs = 30, seed } = run.options;
  const samples = await loadImages(run, { count: 200, few: true, testCount: 1000 });
  const [first] = [takeRows(samples.train.x, [0])];
  run.show(
    plotImages(preview(reshape(first, first.shape.slice(1)), changes, { count: 14, seed }), {
      title: 'one image, augmented',
    }),
  );
  const shared = classifying({ ...samples, epochs, learningRate: 0.002 });
  const { summary } = await compareModels(run, {
    name: 'cnn augment',
    title: 'augmentation',
    variants: {
      'without augmentation': { ...shared, model: smallNet() },
      augmentation: { ...shared, model: smallNet(changes) },
    },
  });
  return summary;
}

function smallNet(changed?: Augmentation): Sequential {
  return sequentialOf(input([28, 28, 1]), [
    rescaling(1 / 255),
    ...(changed ? [augmentation(changed)] : []),
    conv2d({ filters: 16, kernelSize: 5, strides: 2, activation: relu }),
    conv2d({ filters: 32, kernelSize: 3, activation: relu }),
    maxPool2d(),
    flatten(),
    dropout(0.3),
    dense(64, { activation: relu }),
    dense(10),
  ]);
}
