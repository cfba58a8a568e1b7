import { checkGradients, hessianVectorProduct, valueAndGrad } from '@chainrule/autograd';
import { compile, type CompileOptions } from '@chainrule/compiler';
import { activation, dense, dropout, flatten } from '@chainrule/layers-dense';
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { batchNormalization } from '@chainrule/layers-normalization';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam, type AdamState, applyUpdates, exponentialDecay, type Optimizer } from '@chainrule/optim';
import { type DType, type FloatDType, Generator, leakyRelu, randomUniform, tensor, type Tensor, Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

const leaky = (x: Tensor): Tensor => leakyRelu(x as never, { negativeSlope: 0.1 });

function makeModel(dtype: FloatDType = 'float32'): Sequential {
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

function batch(step: number, dtype: DType & FloatDType = 'float32'): { x: Tensor; y: Tensor } {
  const x = randomUniform(new Generator(100 + step), [6, 8, 8, 2], { low: -1, dtype });
  return { x, y: tensor(Int32Array.from({ length: 6 }, (_, i) => (i * 3 + step) % 5), [6], 'int32') };
}

interface Training {
  readonly model: Sequential;
  readonly optimizer: Optimizer<AdamState>;
  readonly state: AdamState;
  readonly masks: Variable;
  readonly step: (x: Tensor, y: Tensor) => Tensor;
}

/** A training step that also keeps the dropout mask of each step, so that masks are compared too. */
function makeTraining(): Training {
  const model = makeModel();
  const optimizer = adam({ learningRate: exponentialDecay({ initialLearningRate: 0.01, decaySteps: 5, decayRate: 0.7 }) });
  const variables = model.trainableVariables();
  const state = optimizer.init(variables);
  const masks = new Variable(tensor(new Float32Array(6 * 4 * 4 * 4), [6, 4, 4, 4]), { name: 'masks', trainable: false });
  const dropLayer = model.layers.find((layer) => layer.type === 'dropout')!;
  const step = (x: Tensor, y: Tensor): Tensor => {
    const [loss, gradients] = valueAndGrad((_: readonly Variable[]) => sparseCategoricalCrossEntropy(model.call(x, { training: true }), y))(variables);
    applyUpdates(variables, optimizer.update(gradients, state, variables));
    const [ones] = dropLayer.call([{ data: tensor(new Float32Array(masks.value.size).fill(1), masks.shape) }], { training: true, rng: model.rng.stream('masks') });
    masks.assign(ones!.data);
    return loss;
  };
  return { model, optimizer, state, masks, step };
}

/** Everything that 20 steps leave behind, bit by bit. */
function run(options: CompileOptions | 'eager'): Record<string, number[]> {
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
  state.m.forEach((v) => (seen[v.name] = [...v.value.data]));
  state.v.forEach((v) => (seen[v.name] = [...v.value.data]));
  seen['step'] = [state.step.value.item()];
  seen['learningRate'] = [state.learningRate.value.item()];
  seen['counter'] = [model.rng.counter.value.item()];
  seen['key'] = [...model.rng.key.value.data];
  return seen;
}

describe('gate 1: a CNN with batch norm, dropout and Adam', () => {
  test('20 steps captured equal 20 steps eager bit for bit: weights, statistics, moments, masks, counters', () => {
    const eager = run('eager');
    expect(run({ fuse: false })).toEqual(eager);
    expect(Object.keys(eager).filter((name) => name.includes('moving'))).toHaveLength(2);
    expect(eager['counter']![0]).toBeGreaterThanOrEqual(40);
    expect(eager['losses']![19]).not.toBe(eager['losses']![0]);
  });

  test('neither simplification nor fusion changes a bit on the reference', () => {
    const plain = run({ fuse: false, simplify: false });
    expect(run({ fuse: true })).toEqual(plain);
    expect(run({ fuse: true, simplify: false })).toEqual(plain);
  });

  test('a Hessian-vector product of the loss passes the float64 check', () => {
    const model = makeModel('float64');
    const { x, y } = batch(1, 'float64');
    const variables = model.trainableVariables();
    const start = model.rng.counter.value;
    const statistics = model.variables().filter(({ value }) => !value.trainable);
    const before = statistics.map(({ value }) => value.value);
    const values = variables.map((v) => v.value);
    const loss = (weights: readonly Tensor[]): Tensor => {
      model.rng.counter.assign(start);
      statistics.forEach(({ value }, i) => value.assign(before[i]!));
      variables.forEach((v, i) => v.assign(weights[i]!));
      return sparseCategoricalCrossEntropy(model.call(x, { training: true }), y);
    };
    const report = checkGradients((...weights) => loss(weights), values, { order: 2, tolerance: 2e-5 });
    expect(report.compared).toBe(2 * values.reduce((n, v) => n + v.size, 0));

    const direction = values.map((v, k) => tensor(Float64Array.from({ length: v.size }, (_, i) => Math.sin(i + k)), v.shape, 'float64') as Tensor);
    const product = hessianVectorProduct((w: readonly Tensor[]) => loss(w))(values, direction);
    const h = 1e-5;
    const slope = (sign: number): number[] => {
      const at = values.map((v, k) => tensor(v.data.map((a, i) => a + sign * h * direction[k]!.data[i]!), v.shape, 'float64') as Tensor);
      return (valueAndGrad((w: readonly Tensor[]) => loss(w))(at)[1]).flatMap((g) => [...g.data]);
    };
    const [up, down] = [slope(1), slope(-1)];
    product.flatMap((p) => [...p.data]).forEach((p, i) => expect(Math.abs(p - (up[i]! - down[i]!) / (2 * h))).toBeLessThan(1e-5 * (1 + Math.abs(p))));
  });
});
