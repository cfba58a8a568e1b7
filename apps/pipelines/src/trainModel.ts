import type { TrainingLoss } from '@chainrule/losses';
import type { Metric } from '@chainrule/metrics';
import type { AnyFunctional, Callbacks } from '@chainrule/model';
import { progressBar } from '@chainrule/model/node';
import type { Optimizer } from '@chainrule/optim';
import type { Tensor } from '@chainrule/tensor';
import { Dataset } from '@chainrule/data-loaders';
import { plotHistory } from '@chainrule/visualize';
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
  /** From samples to one prediction each. */
  readonly model: AnyFunctional;
  readonly train: Samples;
  readonly test: Samples;
  /** Validation data, measured after each epoch, for the curves and for callbacks such as early stopping. By default the test samples, which then decide nothing. */
  readonly validation?: Samples;
  readonly optimizer: Optimizer;
  readonly loss: TrainingLoss;
  /** `accuracy` is reported as `testAccuracy`, before `testLoss`. */
  readonly metrics: Readonly<Record<string, Metric>>;
  readonly epochs: number;
  readonly batchSize: number;
  /** The seed of the weights, of dropout and of the order of the samples. Default that of the run. */
  readonly seed?: number;
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
  { options, dataset, backend, on, show }: TaskRun,
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
    seed = options.seed,
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
  const held = validation ?? (brief ? undefined : test);
  const history = await trainer.fit(Dataset.fromTensors(train).shuffle(seed).batch(batchSize), {
    epochs,
    ...(held && { validation: Dataset.fromTensors(held).batch(batchSize) }),
    callbacks: [...(brief ? [] : [progressBar()]), ...callbacks],
  });
  const measured = await trainer.evaluate(Dataset.fromTensors(test).batch(batchSize));
  const predictions = (await trainer.predict(test.x)) as Tensor;
  if (history.length > 1 && !brief)
    show(plotHistory(history, { title: ['training', variant].filter(Boolean).join(' of ') }));
  const report: Report = {
    task: name,
    dataset,
    metrics: Object.fromEntries(
      [...Object.keys(metrics), 'loss'].map((key) => [`test${key[0]!.toUpperCase()}${key.slice(1)}`, measured[key]!]),
    ),
    epochs: history,
    seconds: (performance.now() - start) / 1000,
    parameters: model.countParameters().total,
    seed,
  };
  return { report, predictions };
}
