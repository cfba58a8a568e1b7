import { conv2d } from '@chainrule/layers-conv';
import { dense, embedding, flatten } from '@chainrule/layers-dense';
import type { Layer } from '@chainrule/layers-core';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { input, sequential, type Sequential, sequentialOf, type Trainer, type TrainingOptions } from '@chainrule/model';
import { sgd } from '@chainrule/optim';
import { tensor, type Tensor } from '@chainrule/tensor';

/** Three samples of two features. */
export const x: Tensor<[3, 2], 'float32'> = tensor([
  [0, 1],
  [1, 0],
  [1, 1],
]);
/** Their classes, of three. */
export const labels: Tensor<[3], 'int32'> = tensor([0, 2, 1], 'int32');
/** What `predict` gives without `await`. */
export const predicted: Promise<Tensor> = Promise.resolve(x);

const options: TrainingOptions = {
  optimizer: sgd({ learningRate: 1 }),
  loss: sparseCategoricalCrossEntropy,
  metrics: [sparseCategoricalAccuracy()],
};

export const model = (): Sequential<[number, 2], [number, 1]> => sequential(input([2]), dense(1));

/** A classifier of the samples, by default right. */
export const classifier = (change: Partial<TrainingOptions> = {}, ...layers: readonly Layer[]): Trainer =>
  sequentialOf(input([2]), layers.length > 0 ? layers : [dense(3)]).compile({ ...options, ...change });

export const imageClassifier = (): Trainer =>
  sequential(input([8, 8, 3]), conv2d({ filters: 2, kernelSize: 3 }), flatten(), dense(3)).compile(options);

export const wordClassifier = (): Trainer =>
  sequential(input([4]), embedding(10, 4), flatten(), dense(3)).compile(options);
