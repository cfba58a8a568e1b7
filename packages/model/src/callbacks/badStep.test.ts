import { div, log, map, mean, scalar as e, square, sub, tensor, type Tensor } from '@chainrule/tensor';
import { defineLayer, type SameShapeRule, type Layer } from '@chainrule/layers-core';
import { describe, expect, test } from 'vitest';
import { affine, bend, descent, noise } from '../../testing/model.ts';
import { input } from '../graph/input.ts';
import { sequential, type Sequential } from '../graph/sequential.ts';
import { getWeights } from '../graph/weights.ts';
import type { Callbacks } from './callbacks.ts';
import { findNonFinite } from './findNonFinite.ts';
import { terminateOnNaN } from './terminateOnNaN.ts';
import { timeLimit } from './timeLimit.ts';

const error = (prediction: Tensor, target: Tensor): Tensor => mean(square(sub(prediction, target)));

function layer(name: string, call: (x: Tensor) => Tensor): Layer<SameShapeRule> {
  return defineLayer<SameShapeRule>({ type: name, args: [], outputShape: (s) => s, call });
}

/** The message of a training that fails. */
async function messageOf(model: Sequential, x: number[][], loss = error, rate = 0.1): Promise<string> {
  const trainer = model.compile({ optimizer: descent(rate), loss, seed: 1 });
  const data = { x: tensor(x), y: tensor(x.map(() => [1])) };
  const found: unknown = await trainer
    .fit(data, { shuffle: false, callbacks: [findNonFinite()] })
    .catch((reason: unknown) => reason);
  return (found as Error).message;
}

describe('findNonFinite', () => {
  test('names the layer, the operation, the element and the inputs', async () => {
    const logarithm = layer('logarithm', (x) => log(x));
    const model = sequential(input([2]), logarithm, bend(), affine(1));
    expect(await messageOf(model as Sequential, [[1, 2], [3, -1]])).toMatchInlineSnapshot(`"fit: the loss must be finite, got NaN in epoch 1, batch 1; the weights from before stay; look for NaN in the data, or lower the learning rate; repeated on the reference: forward pass, layer logarithm: log gives NaN at [1, 1] from [-1, 3]"`); // prettier-ignore
  });

  test('finds the infinity that becomes NaN later', async () => {
    const model = sequential(input([1]), layer('logarithm', (x) => log(x)), layer('zero', (x) => map((v) => e.mul(v, 0), [x])), affine(1)); // prettier-ignore
    const message = await messageOf(model, [[0]]);
    expect(message).toContain('layer logarithm: log gives -Infinity at [0, 0] from 0; ');
    expect(message).toContain('layer zero: mul gives NaN at [0, 0] from -Infinity');
  });

  test('names the loss, the gradients with their layer, and the update', async () => {
    const plain = sequential(input([1]), affine(1)) as Sequential;
    expect(await messageOf(plain, [[1]], (p, y) => div(error(p, y), 0))).toContain('loss: div gives Infinity');
    const root = layer('root', (x) => map((v) => e.sqrt(v), [x]));
    const rooted = sequential(input([1]), affine(1, { useBias: false }), layer('none', (x) => map((v) => e.mul(v, 0), [x])), root); // prettier-ignore
    expect(await messageOf(rooted as Sequential, [[1]])).toMatch(
      /gradients: div gives Infinity at \[0, 0\] from .* 0 of layer none; /,
    );
    expect(await messageOf(plain, [[1]], error, 1e39)).toContain('update: ');
  });

  test('names the input that is not finite', async () => {
    const plain = sequential(input([1]), affine(1)) as Sequential;
    expect(await messageOf(plain, [[1], [NaN]])).toContain('`x` holds NaN at [1, 0]');
  });

  test('changes neither weights nor the random state', async () => {
    const model = sequential(input([1]), noise(), affine(1), layer('logarithm', (x) => map((v) => e.log(e.sub(v, 1e9)), [x]))); // prettier-ignore
    const trainer = model.compile({ optimizer: descent(1), loss: error, seed: 1 });
    const before = [getWeights(model), model.rng.counter.value.item()];
    await expect(
      trainer.fit({ x: tensor([[1]]), y: tensor([[1]]) }, { shuffle: false, callbacks: [findNonFinite()] }),
    ).rejects.toThrow('layer logarithm');
    expect([getWeights(model), model.rng.counter.value.item()]).toEqual(before);
  });
});

describe('a step that is not finite', () => {
  const data = [1, NaN, 2].map((v) => ({ x: tensor([[v]]), y: tensor([[v]]) }));
  const run = async (...callbacks: Callbacks[]): Promise<{ epochs: number; steps: number }> => {
    const trainer = sequential(input([1]), affine(1)).compile({ optimizer: descent(0.01), loss: error, seed: 1 });
    const history = await trainer.fit(data, { epochs: 2, callbacks });
    return { epochs: history.length, steps: trainer.steps };
  };

  test('ends training with terminateOnNaN, without an error', async () => {
    expect(await run(terminateOnNaN())).toEqual({ epochs: 1, steps: 1 });
  });

  test('is skipped if a callback says so', async () => {
    const seen: unknown[] = [];
    const skip: Callbacks = { onBadStep: ({ epoch, batch }) => seen.push([epoch, batch]) > 0 };
    expect(await run(skip)).toEqual({ epochs: 2, steps: 4 });
    expect(seen).toEqual([[0, 1], [1, 1]]); // prettier-ignore
  });

  test('is an error if no callback returns true', async () => {
    await expect(run({ onBadStep: () => undefined })).rejects.toThrow('in epoch 1, batch 2;');
  });
});

test('timeLimit ends training in the batch that runs', async () => {
  const trainer = sequential(input([1]), affine(1)).compile({ optimizer: descent(0.01), loss: error, seed: 1 });
  const data = { x: tensor([[1], [2]]), y: tensor([[1], [2]]) };
  await trainer.fit(data, { epochs: 1e9, batchSize: 1, callbacks: [timeLimit(0.05)] });
  expect(trainer.steps).toBeGreaterThan(0);
  expect(() => timeLimit(0)).toThrow('timeLimit: `seconds` must be');
});

test('findNonFinite names a weight that is not finite, and the input of a model with several', async () => {
  const model = sequential(input([1]), affine(1));
  const trainer = model.compile({ optimizer: descent(0.1), loss: error, seed: 1 });
  model.variables()[0]!.value.assign(tensor([[NaN]]));
  const fit = trainer.fit({ x: tensor([[1]]), y: tensor([[1]]) }, { callbacks: [findNonFinite()] });
  await expect(fit).rejects.toThrow('repeated on the reference: `affine/kernel` holds NaN at [0, 0]');
});
