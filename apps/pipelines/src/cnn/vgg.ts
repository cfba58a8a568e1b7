import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { activation, dense, dropout, flatten, rescaling } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { input, type Sequential, sequentialOf } from '@chainrule/model';
import { relu } from '@chainrule/tensor';
import { classNames, colorSets, loadImages } from '../images.ts';
import { type Report, resultLine } from '../report.ts';
import type { Task, TaskRun } from '../task.ts';
import { trainModel } from '../trainModel.ts';
import { classifying, imageShape, showMistakes } from './classifying.ts';

/** A small network in the manner of VGG on color images. */
export const vgg: Task = {
  pipeline: 'cnn',
  name: 'vgg',
  about: 'classifies color images with pairs of 3 × 3 convolutions, as VGG does',
  dataSets: colorSets,
  run,
};

async function run(run: TaskRun): Promise<Report> {
  const { epochs = 10 } = run.options;
  const samples = await loadImages(run, { count: 2000, testCount: 600 });
  const { report, predictions } = await trainModel(run, {
    ...classifying({ ...samples, epochs }),
    name: 'cnn vgg',
    model: vggNet(imageShape(samples.train), classNames(run.dataset).length),
  });
  showMistakes(run, predictions, samples.test);
  console.log(resultLine(report));
  return report;
}

/**
 * Blocks of two 3 × 3 convolutions and a pooling, each with twice as many filters (Simonyan and Zisserman, "Very deep
 * convolutional networks for large-scale image recognition", 2015), with batch normalization.
 */
export function vggNet(
  shape: readonly number[],
  classes: number,
  widths: readonly number[] = [16, 32, 64],
): Sequential {
  const convolve = (filters: number) => [
    conv2d({ filters, kernelSize: 3, padding: 'same', useBias: false }),
    batchNormalization({ momentum: 0.9 }),
    activation(relu),
  ];
  return sequentialOf(input(shape), [
    rescaling(1 / 255),
    ...widths.flatMap((filters) => [...convolve(filters), ...convolve(filters), maxPool2d()]),
    flatten(),
    dropout(0.3),
    dense(4 * widths.at(-1)!, { activation: relu }),
    dropout(0.3),
    dense(classes),
  ]);
}
