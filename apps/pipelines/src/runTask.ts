import type { Sequential, StreamingMetric, TrainingLoss } from '@chainrule/model';
import { progressBar } from '@chainrule/model/node';
import type { Optimizer } from '@chainrule/optim';
import type { Tensor } from '@chainrule/tensor';
import { Dataset } from '@chainrule/data-loaders';
import { type OpenBackend, openBackend } from './openBackend.ts';
import type { Options } from './options.ts';
import type { Report } from './report.ts';
import { plotLosses } from './terminal.ts';

/** Samples and their targets. */
export type Samples = { readonly x: Tensor; readonly y: Tensor };

/** What a pipeline trains. */
export interface Task {
  /** What the report calls it, such as `cnn mnist`. */
  readonly name: string;
  readonly model: Sequential;
  readonly train: Samples;
  readonly test: Samples;
  readonly optimizer: Optimizer;
  readonly loss: TrainingLoss;
  readonly accuracy: StreamingMetric;
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  /** Where it runs. */
  readonly on: Pick<Options, 'backend' | 'threads'>;
}

/** A trained task: its report, and what it predicts for the test samples. */
export interface Outcome {
  readonly report: Report;
  readonly predictions: Tensor;
}

/** Trains a model, shows how that goes, and measures it on samples that it has not seen. */
export async function runTask(task: Task): Promise<Outcome> {
  const opened = await openBackend(task.on);
  try {
    return await runOn(opened, task);
  } finally {
    opened.close();
  }
}

async function runOn({ backend, label }: OpenBackend, task: Task): Promise<Outcome> {
  const { model, train, test, optimizer, loss, accuracy, epochs, seed } = task;
  const start = performance.now();
  model.build({ seed });
  console.log(`${task.name}: ${train.y.shape[0]} training samples, ${test.y.shape[0]} test samples, on ${label}\n\n${model.summary()}\n`);
  const trainer = model.compile({ seed, optimizer, loss, metrics: { accuracy }, backend });
  const losses: number[] = [];
  const history = await trainer.fit(Dataset.fromTensors(train).shuffle(seed).batch(task.batchSize), {
    epochs,
    onBatchEnd: ({ logs }) => void losses.push(logs['loss']!),
    callbacks: [progressBar()],
  });
  const held = await trainer.evaluate(Dataset.fromTensors(test).batch(task.batchSize));
  const predictions = await trainer.predict(test.x);
  if (losses.length > 1) console.log(`\ntraining loss, the average of each epoch so far\n${plotLosses(losses)}`);
  const [testAccuracy, testLoss] = [held['accuracy']!, held['loss']!];
  const report: Report = {
    task: task.name,
    metrics: { testAccuracy, testLoss },
    epochs: history,
    seconds: (performance.now() - start) / 1000,
    parameters: model.countParameters().total,
    seed,
  };
  return { report, predictions };
}

/** The line that every pipeline ends with. */
export function resultLine({ metrics, seconds }: Report): string {
  return `test accuracy ${(metrics['testAccuracy']! * 100).toFixed(2)}%, test loss ${metrics['testLoss']!.toFixed(4)}, ${seconds.toFixed(1)} s`;
}
