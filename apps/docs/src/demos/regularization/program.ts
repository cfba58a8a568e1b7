import {
  activation, adam, augmentation, batchNormalization, compose, dense, digits, dropout, flatten, input, l2, randomRotation, randomTranslation,
  randomZoom, relu, rescaling, sequentialOf, slice, sparseCategoricalAccuracy, sparseCategoricalCrossEntropy, tensor,
} from 'chainrule';

export interface Settings {
  seed: number;
  samples: number;
  units: number;
  dropout: number;
  l2: number;
  augmentation: number;
  batchNormalization: boolean;
}

/** Your own images, 28 × 28 pixels with gray values from 0 to 255, and their labels from 0 to 9. */
export type Images = { images: Uint8Array; labels: Uint8Array };

export function start(settings: Settings, own?: Images) {
  // The networks learn from a few images. Others, the validation images, show what they have learned.
  const all = own ? toTensors(own) : digits({ count: settings.samples + 400, seed: settings.seed });
  const count = Math.min(settings.samples, Math.floor(all.labels.size / 2));
  const training = part(all, 0, count);
  const validation = part(all, count, Math.min(400, all.labels.size - count));

  // Two networks with the same first weights. The second has the remedies.
  const plain = network(settings, { dropout: 0, l2: 0, augmentation: 0, batchNormalization: false });
  const treated = network(settings, settings);

  // One step is one epoch: every training image once, in a single batch.
  const step = async (_n: number) => {
    await plain.trainStep(training);
    await treated.trainStep(training);
    const [plainSeen, plainNew] = await measure(plain);
    const [seen, unseen] = await measure(treated);
    return {
      plainTraining: plainSeen.crossEntropy!, plainValidation: plainNew.crossEntropy!,
      training: seen.crossEntropy!, validation: unseen.crossEntropy!,
      plainSeen: plainSeen.accuracy!, plainAccuracy: plainNew.accuracy!, seen: seen.accuracy!, accuracy: unseen.accuracy!,
    };
  };
  const measure = async (trainer: typeof plain) =>
    [await trainer.evaluate(training, { batchSize: 500 }), await trainer.evaluate(validation, { batchSize: 500 })] as const;
  return { state: { plain, treated }, step, training, validation, changes: changes(settings.augmentation) };
}

/** A turn by up to 36°, a zoom of up to 30%, and a shift of up to 20%, at full strength. */
const changes = (strength: number) =>
  compose(randomRotation(0.1 * strength), randomZoom(0.3 * strength), randomTranslation(0.2 * strength));

type Remedies = Pick<Settings, 'dropout' | 'l2' | 'augmentation' | 'batchNormalization'>;

function network({ seed, units }: Settings, remedies: Remedies) {
  const hidden = () => [
    dense(units, { kernelRegularizer: l2(remedies.l2) }),
    ...(remedies.batchNormalization ? [batchNormalization({ momentum: 0.9 })] : []),
    activation(relu),
    dropout(remedies.dropout),
  ];
  const model = sequentialOf(input([28, 28, 1]), [
    rescaling(1 / 255),
    augmentation(changes(remedies.augmentation)), // in training only, other changes in each step
    flatten(),
    ...hidden(),
    ...hidden(),
    dense(10),
  ]);
  return model.compile({
    seed,
    optimizer: adam({ learningRate: 0.003 }),
    loss: sparseCategoricalCrossEntropy,
    // The loss that is trained contains the L2 penalty; the cross-entropy does not, so it can be compared.
    metrics: {
      accuracy: sparseCategoricalAccuracy(),
      crossEntropy: (logits, labels) => sparseCategoricalCrossEntropy(logits, labels, { reduction: 'none' }),
    },
  });
}

const part = (all: ReturnType<typeof toTensors>, from: number, count: number) => ({
  x: slice(all.images, [from, 0, 0, 0], [count, 28, 28, 1]),
  y: slice(all.labels, [from], [count]),
});

function toTensors({ images, labels }: Images) {
  return {
    images: tensor(images, [labels.length, 28, 28, 1], 'uint8'),
    labels: tensor([...labels], [labels.length], 'int32'),
  };
}
