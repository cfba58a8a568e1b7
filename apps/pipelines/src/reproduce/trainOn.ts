import { Dataset } from '@chainrule/data-loaders';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { type Callbacks, earlyStopping, type EpochLogs, type Sequential } from '@chainrule/model';
import { progressBar } from '@chainrule/model/node';
import type { Optimizer } from '@chainrule/optim';
import type { TaskRun } from '../task.ts';
import type { Samples } from '../trainModel.ts';

/** The data of an image classifier. */
export interface Splits {
  readonly train: Samples;
  readonly validation: Samples;
  readonly test: Samples;
}

/** How {@link trainOn} trains. */
export interface Schedule {
  readonly optimizer: Optimizer;
  readonly batchSize: number;
  readonly epochs: number;
  /** Epochs without a better validation accuracy after which training ends. By default it never does. */
  readonly patience?: number;
  readonly callbacks?: readonly Callbacks[];
}

/** Trains a classifier, keeps the weights of the epoch that is best on validation data, and measures its test accuracy. */
export async function trainOn(
  { options: { seed, epochs: limit }, backend }: TaskRun,
  { train, validation, test }: Splits,
  model: Sequential,
  { optimizer, batchSize, epochs: most, patience, callbacks = [] }: Schedule,
): Promise<{ readonly accuracy: number; readonly history: readonly EpochLogs[] }> {
  const epochs = limit ?? most;
  const metrics = { accuracy: sparseCategoricalAccuracy() };
  const loss = sparseCategoricalCrossEntropy;
  const trainer = model.build({ seed }).compile({ seed, optimizer, loss, metrics, backend });
  const history = await trainer.fit(Dataset.fromTensors(train).shuffle(seed).batch(batchSize), {
    epochs,
    validation: Dataset.fromTensors(validation).batch(batchSize),
    callbacks: [
      progressBar(),
      earlyStopping({
        monitor: 'valAccuracy',
        patience: patience ?? epochs,
        restoreBestWeights: true,
      }),
      ...callbacks,
    ],
  });
  const measured = await trainer.evaluate(Dataset.fromTensors(test).batch(batchSize));
  return { accuracy: measured['accuracy']!, history };
}
