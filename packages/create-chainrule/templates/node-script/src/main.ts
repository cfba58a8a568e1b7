import {
  adam,
  argmax,
  conv2d,
  dense,
  digits,
  flatten,
  input,
  max,
  maxPool2d,
  progressLines,
  relu,
  rescaling,
  sequential,
  softmax,
  sparseCategoricalAccuracy,
  sparseCategoricalCrossEntropy,
} from 'chainrule';
import { loadModel, saveModel } from 'chainrule/node';

// 28 × 28 pictures of digits, drawn on the spot. Another seed gives other pictures.
const train = digits({ count: 4000, seed: 1 });
const test = digits({ count: 1000, seed: 2 });

const model = sequential(
  input([28, 28, 1]),
  rescaling(1 / 255),
  conv2d({ filters: 8, kernelSize: 3, activation: relu }),
  maxPool2d(),
  conv2d({ filters: 16, kernelSize: 3, activation: relu }),
  maxPool2d(),
  flatten(),
  dense(10), // a score for each digit
);
const trainer = model.compile({
  seed: 1, // the same seed gives the same result
  optimizer: adam({ learningRate: 0.003 }),
  loss: sparseCategoricalCrossEntropy,
  metrics: { accuracy: sparseCategoricalAccuracy() },
});

console.log(`Training ${model.countParameters().total} parameters on ${train.labels.shape[0]} pictures`);
await trainer.fit(
  { x: train.images, y: train.labels },
  { epochs: 5, validationSplit: 0.1, callbacks: [progressLines()] },
);

const { loss, accuracy } = await trainer.evaluate({ x: test.images, y: test.labels });
console.log(`On new pictures: loss ${loss!.toFixed(4)}, accuracy ${(100 * accuracy!).toFixed(1)}%`);

const file = 'digits.safetensors';
await saveModel(file, model);
console.log(`Saved the model to ${file}`);

// Another program can start here: it needs the file, and the layers and activations in it.
const loaded = await loadModel(file, {
  layers: { rescaling, conv2d, maxPool2d, flatten, dense },
  activations: { relu },
});
const { images, labels } = digits({ count: 5, seed: 3 });
const scores = loaded.call(images);
const guesses = argmax(scores, { axis: 1 }).data;
const chances = max(softmax(scores), { axis: 1 }).data;
for (const [i, label] of labels.data.entries())
  console.log(`A picture of ${label}: the model sees ${guesses[i]}, with ${(100 * chances[i]!).toFixed(1)}%`);
