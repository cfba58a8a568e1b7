import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { adam, type AdamOptions } from '@chainrule/optim';
import { argmax, type Tensor } from '@chainrule/tensor';
import { plotConfusionMatrix, plotMisclassified } from '@chainrule/visualize';
import type { Variant } from '../compareModels.ts';
import { classNames } from '../images.ts';
import type { TaskRun } from '../task.ts';
import type { Samples } from '../trainModel.ts';

export const batchSize = 32;

/** The samples and the length of a training. */
export interface ClassifierTraining {
  readonly train: Samples;
  readonly test: Samples;
  readonly epochs: number;
  /** Default 0.001. */
  readonly learningRate?: NonNullable<AdamOptions['learningRate']>;
}

/** A training of a classifier by Adam in batches of 32, without its model. */
export function classifying({ train, test, epochs, learningRate = 0.001 }: ClassifierTraining): Omit<Variant, 'model'> {
  return {
    train,
    test,
    optimizer: adam({ learningRate }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
    epochs,
    batchSize,
  };
}

/** The shape of an image, without the batch. */
export function imageShape({ x }: Samples): number[] {
  return x.shape.slice(1);
}

/** Shows which classes a classifier confuses, and some of the images that it misread. */
export function showMistakes(run: TaskRun, logits: Tensor, { x, y }: Samples): void {
  const predictions = argmax(logits, { axis: -1 });
  const classes = classNames(run.dataset);
  run.show(plotConfusionMatrix({ predictions, labels: y }, { classes }));
  run.show(plotMisclassified(x, predictions, y, { classes, count: 8, title: 'misclassified' }));
}
