// What the first gate's CNN uses: layers, loss, optimizer, gradients and the compiler.
import { valueAndGrad } from '@chainrule/autograd';
import { compile } from '@chainrule/compiler';
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { activation, dense, dropout, flatten } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { input, sequential } from '@chainrule/model';
import { adam, applyUpdates, exponentialDecay } from '@chainrule/optim';
import { leakyRelu, type Tensor, tensor, type Variable } from '@chainrule/tensor';

const model = sequential(
  input([28, 28, 1]),
  conv2d({ filters: 8, kernelSize: 3 }),
  batchNormalization(),
  activation((x: Tensor) => leakyRelu(x as never, { negativeSlope: 0.1 })),
  maxPool2d(),
  dropout(0.2),
  flatten(),
  dense(10),
).build({ seed: 1 });
const optimizer = adam({ learningRate: exponentialDecay({ initialLearningRate: 0.01, decaySteps: 100, decayRate: 0.5 }) });
const variables = model.trainableVariables();
const state = optimizer.init(variables);
const step = compile((x: Tensor, y: Tensor) => {
  const [loss, gradients] = valueAndGrad((_: readonly Variable[]) => sparseCategoricalCrossEntropy(model.call(x, { training: true }) as Tensor, y))(variables);
  applyUpdates(variables, optimizer.update(gradients, state, variables));
  return loss;
});
console.log(step(tensor(new Float32Array(784), [1, 28, 28, 1]), tensor([1], [1], 'int32')).item());
