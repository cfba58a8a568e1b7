import { conv2d, globalAveragePool2d, maxPool2d } from '@chainrule/layers-conv';
import { dense, rescaling } from '@chainrule/layers-dense';
import { type AnyFunctional, apply, functional, input, type SymbolicTensor } from '@chainrule/model';
import { inceptionModule } from '@chainrule/testing/inception';
import { relu } from '@chainrule/tensor';
import { compareModels } from '../compareModels.ts';
import { classNames, colorSets, loadImages } from '../images.ts';
import type { Report } from '../report.ts';
import type { Task, TaskRun } from '../task.ts';
import { classifying, imageShape } from './classifying.ts';

type Image = SymbolicTensor<[number, number, number]>;

/** Compares modules of several filter sizes with layers of one, which return as many channels. */
export const inception: Task = {
  pipeline: 'cnn',
  name: 'inception',
  about: 'filters of 1 × 1, 3 × 3 and 5 × 5 side by side (Inception) against 3 × 3 or 5 × 5 alone',
  dataSets: colorSets,
  run,
};

async function run(run: TaskRun): Promise<Report> {
  const { epochs = 10 } = run.options;
  const samples = await loadImages(run, { count: 1200, testCount: 600 });
  const shared = classifying({ ...samples, epochs, learningRate: 0.003 });
  const shape = imageShape(samples.train) as [number, number, number];
  const net = (widen: (x: Image, filters: number) => Image) =>
    threeStages(shape, classNames(run.dataset).length, widen);
  const { summary } = await compareModels(run, {
    name: 'cnn inception',
    title: 'filters of one size and of several',
    variants: {
      'small filters': { ...shared, model: net((x, filters) => oneSize(x, filters, 3)) },
      'large filters': { ...shared, model: net((x, filters) => oneSize(x, filters, 5)) },
      'inception modules': { ...shared, model: net(inceptionModule) },
    },
  });
  return summary;
}

/** One convolution with as many channels as an Inception module of `filters` filters. */
function oneSize(x: Image, filters: number, kernelSize: number): Image {
  return apply(x, conv2d({ filters: 4 * filters, kernelSize, padding: 'same', activation: relu }));
}

function threeStages(
  shape: readonly [number, number, number],
  classes: number,
  widen: (x: Image, filters: number) => Image,
): AnyFunctional {
  const image = input(shape);
  let x = apply(image, rescaling(1 / 255)) as Image;
  for (const filters of [4, 8, 12]) x = apply(widen(x, filters), maxPool2d({ padding: 'same' }));
  return functional(image, apply(x, globalAveragePool2d(), dense(classes)));
}
