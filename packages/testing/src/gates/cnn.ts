import { valueAndGrad } from '@chainrule/autograd';
import { compile, type CompileOptions } from '@chainrule/compiler';
import { activation, dense, dropout, flatten } from '@chainrule/layers-dense';
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { batchNormalization } from '@chainrule/layers-normalization';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam, type AdamState, applyUpdates, exponentialDecay, type Optimizer } from '@chainrule/optim';
import {
  type DType,
  type FloatDType,
  Generator,
  leakyRelu,
  randomUniform,
  tensor,
  type Tensor,
  Variable,
} from '@chainrule/tensor';

const leaky = (x: Tensor): Tensor => leakyRelu(x as never, { negativeSlope: 0.1 });

/** A convolution, batch norm, leaky ReLU, pooling, dropout and a dense layer. */
export function makeModel(dtype: FloatDType = 'float32'): Sequential {
  return sequential(
    input([8, 8, 2]),
    conv2d({ filters: 4, kernelSize: 3, padding: 'same' }),
    batchNormalization({ momentum: 0.9 }),
    activation(leaky),
    maxPool2d({ poolSize: 2 }),
    dropout(0.25),
    flatten(),
    dense(5),
  ).build({ seed: 3, dtype });
}

/** Images and labels of a step. */
export function batch(step: number, dtype: DType & FloatDType = 'float32'): { x: Tensor; y: Tensor } {
  const x = randomUniform(new Generator(100 + step), [6, 8, 8, 2], { low: -1, dtype });
  return {
    x,
    y: tensor(
      Int32Array.from({ length: 6 }, (_, i) => (i * 3 + step) % 5),
      [6],
      'int32',
    ),
  };
}

interface Training {
  readonly model: Sequential;
  readonly optimizer: Optimizer<AdamState>;
  readonly state: AdamState;
  readonly masks: Variable;
  readonly step: (x: Tensor, y: Tensor) => Tensor;
}

/** A training step that also returns its dropout mask, so that masks are compared, too. */
function makeTraining(): Training {
  const model = makeModel();
  const optimizer = adam({
    learningRate: exponentialDecay({ initialLearningRate: 0.01, decaySteps: 5, decayRate: 0.7 }),
  });
  const variables = model.trainableVariables();
  const state = optimizer.init(variables);
  const masks = new Variable(tensor(new Float32Array(6 * 4 * 4 * 4), [6, 4, 4, 4]), {
    name: 'masks',
    trainable: false,
  });
  const dropLayer = model.layers.find((layer) => layer.type === 'dropout')!;
  const step = (x: Tensor, y: Tensor): Tensor => {
    const [loss, gradients] = valueAndGrad((_: readonly Variable[]) =>
      sparseCategoricalCrossEntropy(model.call(x, { training: true }), y),
    )(variables);
    applyUpdates(variables, optimizer.update(gradients, state, variables));
    const [ones] = dropLayer.call([{ data: tensor(new Float32Array(masks.value.size).fill(1), masks.shape) }], {
      training: true,
      rng: model.rng.stream('masks'),
    });
    masks.assign(ones!.data);
    return loss;
  };
  return { model, optimizer, state, masks, step };
}

/** The bits of all losses, weights and states after 20 steps. */
export function run(options: CompileOptions | 'eager'): Record<string, number[]> {
  const { model, optimizer, state, masks, step } = makeTraining();
  const compiled = options === 'eager' ? step : compile(step, options);
  const seen: Record<string, number[]> = { losses: [], masks: [] };
  for (let i = 0; i < 20; i++) {
    optimizer.tick(state, i);
    const { x, y } = batch(i);
    seen['losses']!.push(compiled(x, y).item());
    seen['masks']!.push(...masks.value.data);
  }
  for (const { name, value } of model.variables()) seen[name] = [...value.value.data];
  const [{ step: counter, m, v }, { learningRate }] = state;
  [...m, ...v].forEach(({ name, value }) => (seen[name] = [...value.data]));
  seen['step'] = [counter.value.item()];
  seen['learningRate'] = [learningRate.value.item()];
  seen['counter'] = [model.rng.counter.value.item()];
  seen['key'] = [...model.rng.key.value.data];
  return seen;
}
