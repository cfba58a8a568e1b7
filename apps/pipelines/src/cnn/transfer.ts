import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { takeRows } from '@chainrule/data-loaders';
import { OptionError } from '@chainrule/errors';
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { dense, flatten, rescaling } from '@chainrule/layers-dense';
import { type AnyFunctional, apply, decodeModel, encodeModel, functional, input, sequential } from '@chainrule/model';
import { loadModel, saveModel } from '@chainrule/model/node';
import { relu, Tensor } from '@chainrule/tensor';
import { compareModels, type Variant } from '../compareModels.ts';
import { loadImages } from '../images.ts';
import type { Report } from '../report.ts';
import type { Task, TaskRun } from '../task.ts';
import { type Samples, trainModel } from '../trainModel.ts';
import { classifying } from './classifying.ts';
import { firstOfEach } from './fewImages.ts';

/** Learns classes 5 to 9 from few images, on top of a network that knows classes 0 to 4. */
export const transfer: Task = {
  pipeline: 'cnn',
  name: 'transfer',
  about: 'digits 5 to 9 from few images, with what a network learned on 0 to 4, and without',
  dataSets: ['digits', 'mnist', 'fashion-mnist'],
  run,
};

/** Training images of each class, if there are enough. */
const wanted = [2, 5, 20] as const;
const ways = ['from scratch', 'frozen features', 'fine-tuned'] as const;
const known = { layers: { rescaling, conv2d, maxPool2d, flatten, dense }, activations: { relu } };

async function run(run: TaskRun): Promise<Report> {
  const { epochs = 30 } = run.options;
  const { train, test } = await loadImages(run, { count: 3000, testCount: 1000 });
  const few = classesFrom(train, 5);
  const counts = countsOf(few);
  const bytes = await encodeModel(await pretrained(run, classesFrom(train, 0), classesFrom(test, 0)));
  const held = classesFrom(test, 5);
  const variants: Record<string, Variant> = {};
  for (const count of counts)
    for (const way of ways)
      variants[`${way}, ${count} each`] = {
        ...classifying({ train: firstOfEach(few, 5, count), test: held, epochs, learningRate: 0.002 }),
        model: await netFor(way, bytes),
      };
  const { summary } = await compareModels(run, {
    name: 'cnn transfer',
    main: `frozen features, ${counts[1] ?? counts[0]} each`,
    curves: [],
    variants,
  });
  const accuracy = (way: string, count: number): number =>
    summary.tasks.find(({ task }) => task === `cnn transfer ${way}, ${count} each`)!.metrics['testAccuracy']!;
  run.show({
    kind: 'lines',
    title: 'few images of new classes',
    x: 'training images of each class',
    y: 'test accuracy',
    series: ways.map((way) => ({ name: way, points: counts.map((count) => [count, accuracy(way, count)] as const) })),
  });
  return summary;
}

/** The network for classes 0 to 4: from the file that an earlier run left in `--data-dir`, or trained and saved into `--plots`. */
async function pretrained(run: TaskRun, train: Samples, test: Samples): Promise<AnyFunctional> {
  const { dataDir, plots } = run.options;
  const file = `cnn-transfer-${run.dataset}.safetensors`;
  const saved = dataDir === undefined ? undefined : join(dataDir, file);
  if (saved !== undefined && existsSync(saved)) {
    console.log(`pretrained network: ${saved}`);
    return loadModel(saved, known);
  }
  const model = baseNet();
  await trainModel(run, {
    ...classifying({ train, test, epochs: Math.min(4, run.options.epochs ?? 4) }),
    name: 'cnn transfer',
    variant: 'classes 0 to 4',
    model,
  });
  mkdirSync(plots, { recursive: true });
  await saveModel(join(plots, file), model);
  console.log(`pretrained network saved as ${join(plots, file)}; ${nextRun(run)} begins with it\n`);
  return model;
}

/** The command that begins with the saved network. Files of images must be in the same folder; generated images have none. */
export function nextRun({ dataset, options: { dataDir, plots } }: Pick<TaskRun, 'dataset' | 'options'>): string {
  const command = `npm start -- cnn transfer --dataset ${dataset} --data-dir`;
  if (dataset === transfer.dataSets[0]) return `\`${command} ${plots}\``;
  return `copied into ${dataDir ?? `a folder DIR with the files of ${dataset}`}, \`${command} ${dataDir ?? 'DIR'}\``;
}

/** The wanted counts, none above the images of the rarest class. */
export function countsOf({ y }: Samples): number[] {
  const ofClass = Array.from({ length: 5 }, (_, label) => y.data.filter((one) => one === label).length);
  const fewest = Math.min(...ofClass);
  if (fewest === 0)
    throw new OptionError(
      `cnn transfer: expected training images of each class from 5 to 9, got none of class ${5 + ofClass.indexOf(0)}; raise \`--limit\``,
    );
  return [...new Set(wanted.map((count) => Math.min(count, fewest)))];
}

function baseNet() {
  return sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    conv2d({ filters: 16, kernelSize: 3, activation: relu }),
    maxPool2d(),
    conv2d({ filters: 32, kernelSize: 3, activation: relu }),
    maxPool2d(),
    flatten(),
    ...head(),
  );
}

/** The layers that a new task replaces. */
function head() {
  return [dense(64, { activation: relu }), dense(5)] as const;
}

/** The network for classes 5 to 9: with new weights, or with the convolutions of the pretrained one and a new head. */
async function netFor(way: (typeof ways)[number], bytes: Uint8Array): Promise<AnyFunctional> {
  if (way === 'from scratch') return baseNet();
  const base = await decodeModel(bytes, known);
  const features = functional(base.inputs, base.output('flatten'));
  features.trainable = way === 'fine-tuned';
  const image = input([28, 28, 1]);
  return functional(image, apply(image, features, ...head()));
}

/** The images of five classes, whose labels then count from 0. */
export function classesFrom({ x, y }: Samples, first: number): Samples {
  const rows = [...y.data].flatMap((label, i) => (label >= first && label < first + 5 ? [i] : []));
  const labels = Int32Array.from(rows, (row) => y.data[row]! - first);
  return { x: takeRows(x, rows), y: new Tensor([rows.length], 'int32', labels) };
}
