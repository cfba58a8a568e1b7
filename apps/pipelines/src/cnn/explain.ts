import { takeRows } from '@chainrule/data-loaders';
import { conv2d, globalAveragePool2d, maxPool2d } from '@chainrule/layers-conv';
import { dense, rescaling } from '@chainrule/layers-dense';
import { input, type Sequential, sequential } from '@chainrule/model';
import { argmax, cast, relu, type Tensor } from '@chainrule/tensor';
import {
  plotActivations,
  plotFilters,
  plotGradCam,
  plotMaximized,
  plotModel,
  plotOcclusion,
  plotSaliency,
} from '@chainrule/visualize';
import { imageSets, loadImages } from '../images.ts';
import { type Report, resultLine } from '../report.ts';
import type { Task, TaskRun } from '../task.ts';
import { type Samples, trainModel } from '../trainModel.ts';
import { classifying, showMistakes } from './classifying.ts';

/** Trains a network, and looks at what it learned. */
export const explain: Task = {
  pipeline: 'cnn',
  name: 'explain',
  about: 'what a network sees: its layers, filters, activation maps, maximized units, saliency, Grad-CAM, occlusion',
  dataSets: imageSets,
  run,
};

async function run(run: TaskRun): Promise<Report> {
  const { epochs = 8 } = run.options;
  const { train, test } = await loadImages(run, { count: 2000, testCount: 1000 });
  const model = smallNet();
  const { report, predictions } = await trainModel(run, {
    ...classifying({ train, test, epochs, learningRate: 0.005 }),
    name: 'cnn explain',
    model,
  });
  showMistakes(run, predictions, test);
  const few = takeRows(test, clearOnes(predictions, test, 3)).x;
  const { show } = run;
  show(plotModel(model, { title: 'the network' }));
  show(
    plotFilters(model.variables().find(({ name }) => name === 'conv2d/kernel')!.value.value, {
      title: 'filters of the first layer',
    }),
  );
  show(
    plotActivations(model, cast(takeRows(few, [0]), 'float32'), {
      layers: ['conv2d', 'conv2d_1', 'conv2d_2'],
      title: 'activation maps',
    }),
  );
  // Units of the last convolution, because the mean of each decides the class.
  show(plotMaximized(model, { layer: 'conv2d_2', scale: 100, title: 'images that maximize units' }));
  show(plotSaliency(model, few));
  show(plotGradCam(model, few));
  show(plotOcclusion(model, takeRows(few, [0])));
  console.log(resultLine(report));
  return report;
}

/** The first image of each class: first those that the network reads right. */
function clearOnes(logits: Tensor, { y }: Samples, count: number): number[] {
  const [read, labels] = [argmax(logits, { axis: -1 }).data, [...y.data]];
  const first = labels.flatMap((label, i) => (labels.indexOf(label) === i ? [i] : []));
  const isRight = (i: number): boolean => read[i] === labels[i];
  return [...first.filter(isRight), ...first.filter((i) => !isRight(i))].slice(0, count);
}

/** The mean of each map counts for each class, so that Grad-CAM shows exactly where the score comes from. */
function smallNet(): Sequential {
  return sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    conv2d({ filters: 8, kernelSize: 5, activation: relu }),
    maxPool2d(),
    conv2d({ filters: 16, kernelSize: 3, activation: relu }),
    conv2d({ filters: 32, kernelSize: 3, activation: relu }),
    globalAveragePool2d(),
    dense(10),
  );
}
