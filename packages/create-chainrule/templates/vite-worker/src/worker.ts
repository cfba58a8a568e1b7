import {
  adam,
  conv2d,
  dense,
  digits,
  flatten,
  input,
  maxPool2d,
  relu,
  rescaling,
  sequential,
  serveTraining,
  sparseCategoricalAccuracy,
  sparseCategoricalCrossEntropy,
  type TrainingService,
} from 'chainrule';

/** What the page sends when it starts a training. */
export interface Options {
  readonly epochs: number;
  readonly seed: number;
}

/** Builds the model and the data at each start. Everything that takes long happens here, not in the page. */
export const service: TrainingService<Options> = serveTraining(({ epochs, seed }: Options) => {
  const { images, labels } = digits({ count: 8000, seed });
  const model = sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    conv2d({ filters: 8, kernelSize: 3, activation: relu }),
    maxPool2d(),
    conv2d({ filters: 16, kernelSize: 3, activation: relu }),
    maxPool2d(),
    flatten(),
    dense(10),
  );
  const trainer = model.compile({
    seed,
    optimizer: adam({ learningRate: 0.003 }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
  });
  return { trainer, data: { x: images, y: labels }, fit: { epochs } };
});
