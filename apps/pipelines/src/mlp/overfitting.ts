import { trainTestSplit } from '@chainrule/data-loaders';
import { l2 } from '@chainrule/layers-core';
import { activation, dense, dropout, flatten, rescaling } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { earlyStopping, input, type Sequential, sequentialOf } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { relu } from '@chainrule/tensor';
import { compareModels } from '../compareModels.ts';
import { firstRows } from '../firstRows.ts';
import { loadImages } from '../images.ts';
import type { Report } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import { type Samples, trainModel } from '../trainModel.ts';

/** A net that is too large for few images, with and without what helps against overfitting, and with more images. */
export const overfitting: Task = {
  pipeline: 'mlp',
  name: 'overfitting',
  about: 'overfits few images: dropout, L2, batch normalization, early stopping, and more training data',
  dataSets: ['digits', 'mnist', 'fashion-mnist'],
  run,
};

const shares = [0.1, 0.25, 0.5, 1];

async function run(run: TaskRun): Promise<Report> {
  const {
    options: { seed, limit = 2000, epochs = 30 },
  } = run;
  const { train: all, test } = await loadImages({ ...run, options: { ...run.options, limit } });
  const few = part(all, Math.ceil(limit / 4));
  const held = trainTestSplit(few, { testSize: 0.2, seed, stratify: few.y });
  const shared = {
    train: few,
    test,
    validation: part(test, 1000),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
    epochs,
    batchSize: 32,
  };
  const variant = (model: Sequential) => ({ ...shared, model, optimizer: adam() });
  const { summary, trained } = await compareModels(run, {
    name: 'mlp overfitting',
    variants: {
      plain: variant(net()),
      dropout: variant(net({ rate: 0.5 })),
      L2: variant(net({ strength: 0.001 })),
      'batch normalization': variant(net({ normalized: true })),
      // A fifth of the images is held out and decides when to stop.
      'early stopping': {
        ...variant(net()),
        train: held.train,
        validation: held.test,
        callbacks: [earlyStopping({ patience: 3, restoreBestWeights: true })],
      },
    },
    main: 'dropout',
    curves: ['loss'],
  });
  const gaps = Object.entries(trained).map(([name, { report }]) => [
    name,
    ...[report.epochs.at(-1)?.['accuracy'] ?? NaN, report.metrics['testAccuracy']!].map(percent),
  ]);
  console.log(`\n${textTable([['model', 'training accuracy', 'test accuracy'], ...gaps])}\n`);
  await learningCurves(run, all, { ...variant(net()) });
  return summary;
}

interface Regularization {
  readonly rate?: number;
  readonly strength?: number;
  readonly normalized?: boolean;
}

/** 784-256-256-10 */
function net({ rate, strength, normalized = false }: Regularization = {}): Sequential {
  const options = strength === undefined ? {} : { kernelRegularizer: l2(strength) };
  const hidden = () => [
    dense(256, options),
    ...(normalized ? [batchNormalization({ momentum: 0.9 })] : []),
    activation(relu),
    ...(rate === undefined ? [] : [dropout(rate)]),
  ];
  return sequentialOf(input([28, 28, 1]), [rescaling(1 / 255), flatten(), ...hidden(), ...hidden(), dense(10)]);
}

/** Training and test accuracy against the number of training images. */
async function learningCurves(
  run: TaskRun,
  all: Samples,
  training: Omit<Parameters<typeof trainModel>[1], 'name' | 'model'>,
): Promise<void> {
  const points: { readonly count: number; readonly train: number; readonly test: number }[] = [];
  for (const share of shares) {
    const train = part(all, Math.max(1, Math.round(share * all.y.shape[0])));
    const { report } = await trainModel(run, {
      ...training,
      name: 'mlp overfitting',
      model: net(),
      train,
      brief: true,
    });
    points.push({
      count: train.y.shape[0],
      train: report.epochs.at(-1)?.['accuracy'] ?? NaN,
      test: report.metrics['testAccuracy']!,
    });
  }
  const rows = points.map(({ count, train, test }, i) => [`${shares[i]! * 100}%`, String(count), percent(train), percent(test)]); // prettier-ignore
  console.log(
    `the plain net on more and more images\n${textTable([['share', 'images', 'training accuracy', 'test accuracy'], ...rows])}\n`,
  );
  run.show({
    kind: 'lines',
    title: 'learning curves',
    x: 'training images',
    y: 'accuracy',
    series: (['train', 'test'] as const).map((of) => ({
      name: of === 'train' ? 'training' : 'test',
      points: points.map((point) => [point.count, point[of]] as const),
      dashed: of === 'test',
    })),
  });
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

function part({ x, y }: Samples, count: number): Samples {
  return { x: firstRows(x, count), y: firstRows(y, count) };
}
