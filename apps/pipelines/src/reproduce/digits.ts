import { dense, flatten, rescaling, reshape } from '@chainrule/layers-dense';
import { lstm } from '@chainrule/layers-recurrent';
import { input, sequential, sequentialOf, type Sequential } from '@chainrule/model';
import { adam, cosineDecay } from '@chainrule/optim';
import { cast, equal, relu } from '@chainrule/tensor';
import { loadImages } from '../images.ts';
import type { TaskRun } from '../task.ts';
import type { Samples } from '../trainModel.ts';
import { everyNth } from './everyNth.ts';
import { accuracy, error, type Experiment } from './experiment.ts';
import { type Splits, trainOn } from './trainOn.ts';

/** MNIST; every twelfth training image is for validation. */
async function allDigits(run: TaskRun): Promise<Splits> {
  const { train, test } = await loadImages({ ...run, dataset: 'mnist' });
  return {
    train: everyNth(train, 12, (rest) => rest !== 0),
    validation: everyNth(train, 12, (rest) => rest === 0),
    test,
  };
}

/** The labels 0 and 1: whether the digit is a 5. */
const whetherFive = ({ x, y }: Samples): Samples => ({ x, y: cast(equal(y, 5), 'int32') });

/** Dense layers of ReLU before the logits. */
const denseNet = (classes: number, ...units: readonly number[]): Sequential =>
  sequentialOf(input([28, 28, 1]), [
    rescaling(1 / 255),
    flatten(),
    ...units.map((count) => dense(count, { activation: relu })),
    dense(classes),
  ]);

async function train(
  run: TaskRun,
  data: Splits,
  model: Sequential,
  batchSize: number,
  epochs: number,
): Promise<number> {
  const decaySteps = Math.ceil(data.train.x.shape[0] / batchSize) * epochs;
  const optimizer = adam({ learningRate: cosineDecay({ initialLearningRate: 0.002, decaySteps }) });
  return (await trainOn(run, data, model, { optimizer, batchSize, epochs })).accuracy;
}

/** Single figures on the digits of MNIST. */
export const digitsOfMnist: Experiment = {
  name: 'mnist',
  about:
    'MNIST: 55,000 images for training, 5,000 for validation, 10,000 for the test. Adam from 0.002 along a cosine; the weights of the epoch with the best validation accuracy count.',
  rows: [
    ...(
      [
        [0, 0.08],
        [200, 0.024],
      ] as const
    ).map(([units, stated]) => ({
      name: units === 0 ? 'softmax without hidden units, 10 epochs' : `${units} hidden units, 10 epochs`,
      measure: error,
      stated,
      run: async (run: TaskRun) =>
        1 - (await train(run, await allDigits(run), units === 0 ? denseNet(10) : denseNet(10, units), 64, 10)),
    })),
    {
      name: 'is it a 5? logistic regression, 10 epochs',
      measure: accuracy,
      stated: 0.978,
      async run(run) {
        const { train: some, validation, test } = await allDigits(run);
        const fives = { train: whetherFive(some), validation: whetherFive(validation), test: whetherFive(test) };
        return train(run, fives, denseNet(2), 64, 10);
      },
    },
    {
      name: '28 rows as steps, LSTM of 128 units, 12 epochs',
      measure: accuracy,
      stated: 0.99,
      note: 'Ten epochs at one learning rate gave 98.4%; the falling learning rate was the missing part.',
      run: async (run) =>
        train(
          run,
          await allDigits(run),
          sequential(input([28, 28, 1]), rescaling(1 / 255), reshape([28, 28]), lstm(128), dense(10)),
          64,
          12,
        ),
    },
  ],
};
