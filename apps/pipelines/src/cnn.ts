import { Dataset, digits } from '@chainrule/data-loaders';
import { mnist } from '@chainrule/data-loaders/node';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracyOf } from '@chainrule/metrics';
import { type Sequential, trainable } from '@chainrule/model';
import { adam, exponentialDecay, type Schedule } from '@chainrule/optim';
import { argmax, type Tensor } from '@chainrule/tensor';
import { digitsNet, textbookNet } from './models.ts';
import type { Options } from './options.ts';
import type { Report } from './report.ts';
import { confusionTable, pictures, plotLosses, trainingProgress } from './terminal.ts';

interface Task {
  readonly name: string;
  readonly model: Sequential;
  readonly train: Images;
  readonly test: Images;
  readonly learningRate: number | Schedule;
}

interface Images {
  readonly images: Tensor;
  readonly labels: Tensor;
}

const batchSize = 32;

/** Trains a convolutional net on images of digits and shows how well it reads others. */
export async function runCnn(options: Options): Promise<Report> {
  const start = performance.now();
  const { seed, epochs = 3 } = options;
  const task = await makeTask(options, epochs);
  const { model, train, test } = task;
  model.build({ seed });
  console.log(`${task.name}: ${train.labels.size} training images, ${test.labels.size} test images\n\n${model.summary()}\n`);
  const trainer = trainable(model, {
    seed,
    optimizer: adam({ learningRate: task.learningRate }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracyOf },
  });
  const batches = Dataset.fromTensors({ x: train.images, y: train.labels }).shuffle(seed).batch(batchSize);
  const losses: number[] = [];
  const progress = trainingProgress(losses);
  const history = await trainer.fit(batches, { epochs, ...progress }).finally(progress.close);
  const held = await trainer.evaluate(Dataset.fromTensors({ x: test.images, y: test.labels }).batch(batchSize));
  const predictions = argmax(await trainer.predict(test.images), { axis: -1 }).data;
  const labels = test.labels.data;
  if (losses.length > 1) console.log(`\ntraining loss, the average of each epoch so far\n${plotLosses(losses)}`);
  console.log(`\n${confusionTable(labels, predictions, 10)}\n`);
  console.log(pictures(test.images, labels, predictions));
  const seconds = (performance.now() - start) / 1000;
  console.log(`test accuracy ${(held['accuracy']! * 100).toFixed(2)}%, test loss ${held['loss']!.toFixed(4)}, ${seconds.toFixed(1)} s`);
  return {
    task: `cnn ${options.dataset}`,
    metrics: { testAccuracy: held['accuracy']!, testLoss: held['loss']! },
    epochs: history,
    seconds,
    parameters: model.countParameters().total,
    seed,
  };
}

async function makeTask({ dataset, dataDir, limit, seed }: Options, epochs: number): Promise<Task> {
  if (dataset === 'mnist') {
    return {
      name: 'MNIST',
      model: textbookNet(),
      train: await mnist({ dataDir: dataDir!, split: 'train', ...(limit !== undefined && { limit }) }),
      test: await mnist({ dataDir: dataDir!, split: 'test' }),
      learningRate: 0.002,
    };
  }
  const count = limit ?? 6000;
  const steps = Math.ceil(count / batchSize) * Math.max(1, epochs);
  return {
    name: 'drawn digits',
    model: digitsNet(),
    train: digits({ count, seed }),
    test: digits({ count: 2000, seed: seed + 1_000_003 }),
    learningRate: exponentialDecay({ initialLearningRate: 0.004, decaySteps: steps, decayRate: 0.1 }),
  };
}
