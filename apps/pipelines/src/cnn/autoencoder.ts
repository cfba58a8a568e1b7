import { takeRows } from '@chainrule/data-loaders';
import { dense, flatten } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import { type AnyFunctional, apply, functional, type Sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { cast, clip, div, mean, square, sub, type Tensor } from '@chainrule/tensor';
import { type Figure, plotImages } from '@chainrule/visualize';
import { type Compared, compareModels, type Variant } from '../compareModels.ts';
import { imageSets, loadImages } from '../images.ts';
import { metricValue, type Report, resultLine, summarize } from '../report.ts';
import type { Task, TaskRun } from '../task.ts';
import { textTable } from '../textTable.ts';
import type { Samples } from '../trainModel.ts';
import { convAutoencoder, denseAutoencoder, mendingNet } from './autoencoders.ts';
import { classifying } from './classifying.ts';
import { addNoise, cutHole } from './damage.ts';
import { firstOfEach } from './fewImages.ts';

/** Compresses images, mends damaged ones, and starts a classifier from an encoder. */
export const autoencoder: Task = {
  pipeline: 'cnn',
  name: 'autoencoder',
  about: 'images from 16 numbers, without noise, without holes; an encoder as the start of a classifier',
  dataSets: imageSets,
  run,
};

/** The numbers that describe an image. */
const code = 16;
/** The labeled images of each class for the classifier. */
const labeled = 5;

type Draws = 'dense' | 'convolutional' | 'denoising' | 'in-painting';

async function run(run: TaskRun): Promise<Report> {
  const { seed, epochs = 10 } = run.options;
  const samples = await loadImages(run, { count: 2000, few: true, testCount: 500 });
  const [train, test] = [samples.train.x, samples.test.x];
  const noisy = [addNoise(train, 80, seed), addNoise(test, 80, seed + 1)] as const;
  const holed = [cutHole(train, 8, seed), cutHole(test, 8, seed + 1)] as const;
  const drawing = (model: Sequential, [x, held]: readonly [Tensor, Tensor]): Variant => ({
    model,
    train: { x, y: shares(train) },
    test: { x: held, y: shares(test) },
    optimizer: adam({ learningRate: 0.002 }),
    loss: meanSquaredError,
    metrics: {},
    epochs,
    batchSize: 32,
  });
  const denoiser = mendingNet();
  const drawn = await compareModels<Draws>(run, {
    name: 'cnn autoencoder',
    title: 'squared error of pixels',
    main: 'convolutional',
    result: false,
    variants: {
      dense: drawing(denseAutoencoder(code), [train, test]),
      convolutional: drawing(convAutoencoder(code), [train, test]),
      denoising: drawing(denoiser, noisy),
      'in-painting': drawing(mendingNet(), holed),
    },
  });
  run.show(drawings(samples.test, [noisy[1], holed[1]], drawn));
  const errors = errorsWithout({ train, test, noisy: noisy[1], holed: holed[1] });
  const classified = await compareStarts(run, samples, denoiser);
  const metrics = { ...drawn.summary.metrics, ...classified.metrics, ...errors };
  const tasks = [...drawn.summary.tasks, ...classified.tasks];
  const summary = summarize({ task: 'cnn autoencoder', dataset: run.dataset, metrics }, tasks);
  console.log(`\n${resultLine(summary)}`);
  return summary;
}

/** The errors that are easy to reach: of the mean of the training images, and of damaged images as they are. Prints them. */
function errorsWithout({ train, test, noisy, holed }: Record<'train' | 'test' | 'noisy' | 'holed', Tensor>) {
  const errors = {
    meanImageError: errorOf(mean(shares(train), { axis: 0, keepDims: true }), test),
    noisyError: errorOf(shares(noisy), test),
    holedError: errorOf(shares(holed), test),
  };
  const names = ['the mean of all images', 'noisy images', 'images with holes'];
  const rows = Object.entries(errors).map(([key, value], i) => [names[i]!, metricValue(key, value)]);
  console.log(`\n${textTable([['without a network', 'squared error'], ...rows])}\n`);
  return errors;
}

/** Trains the same classifier on few labels, from the encoder of a denoising autoencoder and from random weights. */
async function compareStarts(run: TaskRun, samples: Record<'train' | 'test', Samples>, denoiser: Sequential) {
  const few = classifying({
    train: firstOfEach(samples.train, 10, labeled),
    test: samples.test,
    epochs: 4 * (run.options.epochs ?? 10),
  });
  const { summary } = await compareModels(run, {
    name: 'cnn autoencoder',
    title: `classifiers from ${labeled} labels of each class`,
    curves: ['accuracy'],
    result: false,
    variants: {
      'from scratch': { ...few, model: classifierOf(mendingNet()) },
      pretrained: { ...few, model: classifierOf(denoiser) },
    },
  });
  const [scratch, pretrained] = summary.tasks.map(({ metrics }) => metrics['testAccuracy']!) as [number, number];
  return { tasks: summary.tasks, metrics: { pretrainedTestAccuracy: pretrained, fromScratchTestAccuracy: scratch } };
}

/** A classifier on the convolutions of a denoising autoencoder, whose weights it shares (Vincent et al. 2008). */
function classifierOf(model: Sequential): AnyFunctional {
  return functional(model.inputs, apply(model.output('conv2d_1'), flatten(), dense(10)));
}

/** Gray values from 0 to 1. */
function shares(images: Tensor): Tensor {
  return div(cast(images, 'float32'), 255);
}

function errorOf(guess: Tensor, images: Tensor): number {
  return mean(square(sub(shares(images), guess))).item();
}

/** Some test images, what was done to them, and what the networks made of them. */
function drawings({ x, y }: Samples, [noisy, holed]: readonly [Tensor, Tensor], { trained }: Compared<Draws>): Figure {
  const rows = [...Array(Math.min(6, x.shape[0])).keys()];
  const row = (title: string, images: Tensor) =>
    plotImages(takeRows(images.dtype === 'uint8' ? images : clip(images, { min: 0, max: 1 }), rows), {
      title,
      labels: [...takeRows(y, rows).data],
    });
  return {
    kind: 'panels',
    title: 'drawings',
    columns: 1,
    panels: [
      row('images', x),
      row(`dense, ${code} numbers`, trained.dense.predictions),
      row(`convolutional, ${code} numbers`, trained.convolutional.predictions),
      row('noisy', noisy),
      row('denoised', trained.denoising.predictions),
      row('with holes', holed),
      row('in-painted', trained['in-painting'].predictions),
    ],
  };
}
