// The CNN of fit.ts from the umbrella, which brings the WebAssembly backend.
import {
  activation,
  adam,
  batchNormalization,
  conv2d,
  dense,
  dropout,
  exponentialDecay,
  flatten,
  input,
  leakyRelu,
  maxPool2d,
  sequential,
  sparseCategoricalAccuracy,
  sparseCategoricalCrossEntropy,
  type Tensor,
  tensor,
} from 'chainrule';

const model = sequential(
  input([28, 28, 1]),
  conv2d({ filters: 8, kernelSize: 3 }),
  batchNormalization(),
  activation((x: Tensor) => leakyRelu(x as never, { negativeSlope: 0.1 })),
  maxPool2d(),
  dropout(0.2),
  flatten(),
  dense(10),
);
const trainer = model.compile({
  seed: 1,
  optimizer: adam({ learningRate: exponentialDecay({ initialLearningRate: 0.01, decaySteps: 100, decayRate: 0.5 }) }),
  loss: sparseCategoricalCrossEntropy,
  metrics: { accuracy: sparseCategoricalAccuracy() },
});
console.log(await trainer.fit({ x: tensor(new Float32Array(784), [1, 28, 28, 1]), y: tensor([1], [1], 'int32') }));
