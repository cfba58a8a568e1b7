import {
  adam, conv2d, dense, digits, dropout, flatten, input, maxPool2d, relu, rescaling, sequential, slice,
  sparseCategoricalAccuracy, sparseCategoricalCrossEntropy, tensor,
} from 'chainrule';

export interface Settings {
  seed: number;
  learningRate: number;
  filters: number;
  dropout: number;
  batchSize: number;
}

/** Your own images, 28 × 28 pixels with gray values from 0 to 255, and their labels from 0 to 9. */
export interface Images {
  images: Uint8Array;
  labels: Uint8Array;
}

export function start(settings: Settings, own?: Images) {
  const { images, labels } = own ? toTensors(own) : digits({ count: 4000, seed: settings.seed });

  const model = sequential(
    input([28, 28, 1]),
    rescaling(1 / 255),
    conv2d({ filters: settings.filters, kernelSize: 3, activation: relu, name: 'conv_1' }),
    maxPool2d({ poolSize: 2, name: 'pool_1' }),
    conv2d({ filters: 2 * settings.filters, kernelSize: 3, activation: relu, name: 'conv_2' }),
    maxPool2d({ poolSize: 2, name: 'pool_2' }),
    flatten(),
    dropout(settings.dropout),
    dense(10),
  );
  const trainer = model.compile({
    seed: settings.seed,
    optimizer: adam({ learningRate: settings.learningRate }),
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
  });

  // Batch n starts where batch n - 1 ends, and after the last image, at the first again. The images are in random order.
  const batches = Math.max(1, Math.floor(labels.size / settings.batchSize));
  const step = (n: number) => {
    const from = (n % batches) * settings.batchSize;
    const size = Math.min(settings.batchSize, labels.size);
    return trainer.trainStep({
      x: slice(images, [from, 0, 0, 0], [size, 28, 28, 1]),
      y: slice(labels, [from], [size]),
    });
  };
  return { state: { trainer }, step };
}

function toTensors({ images, labels }: Images) {
  return {
    images: tensor(images, [labels.length, 28, 28, 1]),
    labels: tensor([...labels], [labels.length], 'int32'),
  };
}
