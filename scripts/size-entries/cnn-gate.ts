// The CNN of the first gate: ops, layers, loss, optimizer, gradients and the compiler. Calls the layers without a model.
import { valueAndGrad } from '@chainrule/autograd';
import { compile } from '@chainrule/compiler';
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { activation, dense, dropout, flatten } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { adam, applyUpdates, exponentialDecay } from '@chainrule/optim';
import { Generator, leakyRelu, type Shape, type Tensor, tensor, type Variable } from '@chainrule/tensor';

const layers = [
  conv2d({ filters: 8, kernelSize: 3 }),
  batchNormalization(),
  activation((x: Tensor) => leakyRelu(x as never, { negativeSlope: 0.1 })),
  maxPool2d(),
  dropout(0.2),
  flatten(),
  dense(10),
];
const rng = new Generator(1);
let shape: Shape = [1, 28, 28, 1];
for (const layer of layers) {
  layer.build([shape], { rng: rng.stream(layer.name), dtype: 'float32' });
  shape = layer.outputShape([shape])[0]!;
}
const call = (x: Tensor): Tensor =>
  layers.reduce((data, layer) => layer.call([{ data }], { training: true, rng: rng.stream(layer.name) })[0]!.data, x);
const optimizer = adam({
  learningRate: exponentialDecay({ initialLearningRate: 0.01, decaySteps: 100, decayRate: 0.5 }),
});
const variables = layers.flatMap((layer) => layer.variables().map(({ value }) => value)).filter((v) => v.trainable);
const state = optimizer.init(variables);
const step = compile((x: Tensor, y: Tensor) => {
  const [loss, gradients] = valueAndGrad((_: readonly Variable[]) => sparseCategoricalCrossEntropy(call(x), y))(
    variables,
  );
  applyUpdates(variables, optimizer.update(gradients, state, variables));
  return loss;
});
console.log(step(tensor(new Float32Array(784), [1, 28, 28, 1]), tensor([1], [1], 'int32')).item());
