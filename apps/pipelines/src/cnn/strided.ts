import { averagePool2d, conv2d, maxPool2d } from '@chainrule/layers-conv';
import { dense, flatten, rescaling } from '@chainrule/layers-dense';
import { input, type Sequential, sequentialOf } from '@chainrule/model';
import { relu } from '@chainrule/tensor';
import { compareModels } from '../compareModels.ts';
import { imageSets, loadImages } from '../images.ts';
import type { Report } from '../report.ts';
import type { Task, TaskRun } from '../task.ts';
import { classifying } from './classifying.ts';

/** Halves images in three ways. With strides, a convolution computes a quarter of the places only. */
export const strided: Task = {
  pipeline: 'cnn',
  name: 'strided',
  about: 'three ways to make images smaller: strides, max pooling, average pooling; accuracy and time',
  dataSets: imageSets,
  run,
};

async function run(run: TaskRun): Promise<Report> {
  const { epochs = 6 } = run.options;
  const samples = await loadImages(run, { count: 1500, testCount: 1000 });
  const shared = classifying({ ...samples, epochs });
  const { summary } = await compareModels(run, {
    name: 'cnn strided',
    title: 'strides and pooling',
    variants: {
      'average pooling': { ...shared, model: halvingNet('average') },
      'max pooling': { ...shared, model: halvingNet('max') },
      strides: { ...shared, model: halvingNet('strides') },
    },
  });
  return summary;
}

/** Three convolutions, each of which halves the image. All variants have the same weights. */
function halvingNet(how: 'strides' | 'max' | 'average'): Sequential {
  const pool = { strides: () => [], max: () => [maxPool2d()], average: () => [averagePool2d()] }[how];
  const blocks = [8, 16, 32].flatMap((filters) => [
    conv2d({ filters, kernelSize: 3, strides: how === 'strides' ? 2 : 1, padding: 'same', activation: relu }),
    ...pool(),
  ]);
  return sequentialOf(input([28, 28, 1]), [rescaling(1 / 255), ...blocks, flatten(), dense(10)]);
}
