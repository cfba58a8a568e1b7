import { heNormal } from '@chainrule/layers-core';
import { activation, dense, dropout, flatten, rescaling } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam, cosineDecay, sgd } from '@chainrule/optim';
import { elu, relu, slice, type Tensor } from '@chainrule/tensor';
import { loadImages } from '../images.ts';
import type { TaskRun } from '../task.ts';
import type { Samples } from '../trainModel.ts';
import { accuracy, type Experiment, type Row } from './experiment.ts';
import { type Schedule, type Splits, trainOn } from './trainOn.ts';

const batchSize = 32;
const held = 5000;

/** The first 5,000 training images are for validation. */
async function fashion(run: TaskRun): Promise<Splits> {
  const { train, test } = await loadImages({ ...run, dataset: 'fashion-mnist' });
  const part = (t: Tensor, from: number, count: number): Tensor =>
    slice(t, [from, ...t.shape.slice(1).map(() => 0)], [count, ...t.shape.slice(1)]);
  const rows = ({ x, y }: Samples, from: number, count: number): Samples => ({
    x: part(x, from, count),
    y: part(y, from, count),
  });
  const [first, all] = [Math.min(held, Math.floor(train.x.shape[0] / 10)), train.x.shape[0]];
  return { train: rows(train, first, all - first), validation: rows(train, 0, first), test };
}

const row = (
  name: string,
  stated: number,
  model: () => Sequential,
  schedule: (steps: number) => Omit<Schedule, 'batchSize'>,
  note?: string,
): Row => ({
  name,
  measure: accuracy,
  stated,
  ...(note !== undefined && { note }),
  async run(run) {
    const splits = await fashion(run);
    const steps = Math.ceil(splits.train.x.shape[0] / batchSize);
    return (await trainOn(run, splits, model(), { ...schedule(steps), batchSize })).accuracy;
  },
});

const plain = (): Sequential =>
  sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    flatten(),
    dense(300, { activation: relu }),
    dense(100, { activation: relu }),
    dense(10),
  );

const he = { kernelInitializer: heNormal } as const;

const withElu = (): Sequential =>
  sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    flatten(),
    dense(300, { activation: elu, ...he }),
    dense(100, { activation: elu, ...he }),
    dense(10),
  );

const normalized = (): Sequential =>
  sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    flatten(),
    dense(300, { useBias: false, ...he }),
    batchNormalization(),
    activation(elu),
    dropout(0.2),
    dense(100, { useBias: false, ...he }),
    batchNormalization(),
    activation(elu),
    dropout(0.2),
    dense(10),
  );

const adamFor = (epochs: number) => (steps: number) => ({
  optimizer: adam({ learningRate: cosineDecay({ initialLearningRate: 0.001, decaySteps: steps * epochs }) }),
  epochs,
});

/** A multilayer perceptron on pictures of clothes. */
export const fashionMlp: Experiment = {
  name: 'fashion-mlp',
  about:
    'Fashion-MNIST by 784-300-100-10 in batches of 32. 55,000 images for training, 5,000 for validation; the weights of the epoch with the best validation accuracy are tested on the 10,000 test images.',
  rows: [
    row('ReLU, SGD of 0.01, 30 epochs', 0.887, plain, () => ({ optimizer: sgd({ learningRate: 0.01 }), epochs: 30 })),
    row('ELU, He initialization, Adam, 20 epochs', 0.891, withElu, adamFor(20)),
    row('with batch normalization and dropout', 0.8955, normalized, adamFor(20)),
  ],
};
