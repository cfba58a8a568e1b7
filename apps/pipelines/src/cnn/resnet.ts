import { rescaling } from '@chainrule/layers-dense';
import { type AnyFunctional, apply, functional, input, type Sequential, type SymbolicTensor } from '@chainrule/model';
import { resNet } from '@chainrule/testing/resNet';
import { compareModels } from '../compareModels.ts';
import { classNames, colorSets, loadImages } from '../images.ts';
import type { Report } from '../report.ts';
import type { Task, TaskRun } from '../task.ts';
import { classifying, imageShape } from './classifying.ts';

/** Trains a deep network with shortcuts and without. */
export const resnet: Task = {
  pipeline: 'cnn',
  name: 'resnet',
  about: 'a deep network of 32 layers with shortcuts (ResNet) and without, and their curves',
  dataSets: colorSets,
  run,
};

async function run(run: TaskRun): Promise<Report> {
  const { epochs = 6 } = run.options;
  const samples = await loadImages(run, { count: 900, testCount: 600 });
  const shape = imageShape(samples.train) as [number, number, number];
  const net = (shortcuts: boolean) => deepNet(shape, classNames(run.dataset).length, shortcuts);
  const shared = classifying({ ...samples, epochs, learningRate: 0.002 });
  const { summary } = await compareModels(run, {
    name: 'cnn resnet',
    title: 'shortcuts',
    variants: {
      'without shortcuts': { ...shared, model: net(false) },
      shortcuts: { ...shared, model: net(true) },
    },
  });
  return summary;
}

/** ResNet-32 with half of the filters, after a rescaling. */
function deepNet(shape: readonly [number, number, number], classes: number, shortcuts: boolean): AnyFunctional {
  const image = input(shape) as SymbolicTensor;
  const net = resNet(shape, classes, { blocks: 5, filters: 8, shortcuts }) as unknown as Sequential;
  return functional(image, apply(image, rescaling(1 / 255), net) as SymbolicTensor);
}
