import type { TrainingLoss } from '@chainrule/losses';
import type { Metric } from '@chainrule/metrics';
import type { Callbacks, Sequential } from '@chainrule/model';
import { progressBar } from '@chainrule/model/node';
import type { Optimizer } from '@chainrule/optim';
import type { Tensor } from '@chainrule/tensor';
import { Dataset } from '@chainrule/data-loaders';
import { counted } from './figures/figure.ts';
import type { Report } from './report.ts';
import type { TaskRun } from './task.ts';

/** Samples and their targets. */
export type Samples = { readonly x: Tensor; readonly y: Tensor };

/** A model with its data. */
export interface Training {
  /** The name in the report, such as `cnn mnist`. */
  readonly name: string;
  /** The name of the model, if a task trains several. */
  readonly variant?: string;
  readonly model: Sequential;
  readonly train: Samples;
  readonly test: Samples;
  /** Validation data, measured after each epoch, for callbacks such as early stopping. */
  readonly validation?: Samples;
  readonly optimizer: Optimizer;
  readonly loss: TrainingLoss;
  /** `accuracy` is reported as `testAccuracy`, before `testLoss`. */
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly epochs: number;
  readonly batchSize: number;
  /** Callbacks in addition to the progress bar. */
  readonly callbacks?: readonly Callbacks[];
  /** Whether to print no summary, bar or curve, for one of many trainings. Default false. */
  readonly brief?: boolean;
}

/** A trained model's report, and its predictions for the test samples. */
export interface Trained {
  readonly report: Report;
  readonly predictions: Tensor;
}

/** Trains a model, shows the progress, and measures the model on the test samples. */
export async function trainModel(
  { options: { seed }, dataset, backend, on, show }: TaskRun,
  training: Training,
): Promise<Trained> {
  const {
    variant,
    model,
    train,
    test,
    validation,
    optimizer,
    loss,
    metrics,
    epochs,
    batchSize,
    callbacks = [],
    brief = false,
  } = training;
  const name = [training.name, variant].filter(Boolean).join(' ');
  const start = performance.now();
  model.build({ seed });
  if (!brief)
    console.log(
      `${name}: ${train.y.shape[0]} training samples, ${test.y.shape[0]} test samples, on ${on}\n\n${model.summary()}\n`,
    );
  const trainer = model.compile({ seed, optimizer, loss, metrics, backend });
  const losses: number[] = [];
  const history = await trainer.fit(Dataset.fromTensors(train).shuffle(seed).batch(batchSize), {
    epochs,
    onBatchEnd: ({ logs }) => void losses.push(logs['loss']!),
    ...(validation && { validation: Dataset.fromTensors(validation).batch(batchSize) }),
    callbacks: [...(brief ? [] : [progressBar()]), ...callbacks],
  });
  const held = await trainer.evaluate(Dataset.fromTensors(test).batch(batchSize));
  const predictions = await trainer.predict(test.x);
  if (losses.length > 1 && !brief)
    show({
      kind: 'lines',
      title: ['training loss', variant].filter(Boolean).join(' of '),
      x: 'batch',
      y: 'average of the epoch so far',
      series: [counted(variant ?? 'loss', losses)],
    });
  const report: Report = {
    task: name,
    dataset,
    metrics: Object.fromEntries(
      [...Object.keys(metrics), 'loss'].map((key) => [`test${key[0]!.toUpperCase()}${key.slice(1)}`, held[key]!]),
    ),
    epochs: history,
    seconds: (performance.now() - start) / 1000,
    parameters: model.countParameters().total,
    seed,
  };
  return { report, predictions };
}
