import { wasm } from '@chainrule/backend-wasm';
import { dense, dropout } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { binaryCrossEntropy, meanSquaredError } from '@chainrule/losses';
import { input, sequential } from '@chainrule/model';
import {
  accumulateGradients,
  averageWeights,
  chain,
  implicitSgd,
  lbfgs,
  type Optimizer,
  sam,
  sgd,
  swapAverages,
} from '@chainrule/optim';
import { tanh, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

const wave = (rows: number, columns: number, seed: number): Tensor =>
  tensor(
    Float32Array.from({ length: rows * columns }, (_, i) => Math.sin(2.4 * (i + 1) + seed)),
    [rows, columns],
  );
const data = { x: wave(16, 3, 1), y: wave(16, 1, 2) };

/** One step of a net with dropout and batch normalization; its trained weights, its statistics and the generator's counter. */
async function step(optimizer: Optimizer): Promise<{ trained: number[]; statistics: number[]; counter: number }> {
  const model = sequential(input([3]), dense(8, { activation: tanh }), batchNormalization(), dropout(0.5), dense(1));
  const trainer = model.compile({ optimizer, loss: meanSquaredError, seed: 3 });
  await trainer.trainStep(data);
  const values = (isTrained: boolean): number[] =>
    model.variables().flatMap(({ value }) => (value.trainable === isTrained ? [...value.value.data] : []));
  return { trained: values(true), statistics: values(false), counter: model.rng.counter.value.item() };
}

describe('a trainer evaluates a batch again', () => {
  test('with the same masks, and changes statistics and the counter once', async () => {
    const expected = await step(sgd({ learningRate: 0.1 }));
    for (const optimizer of [sam(sgd({ learningRate: 0.1 }), { rho: 1e-5 }), implicitSgd({ learningRate: 1e-4 })]) {
      const found = await step(optimizer);
      expect(found.statistics).toEqual(expected.statistics);
      expect(found.counter).toBe(expected.counter);
    }
    const near = await step(sam(sgd({ learningRate: 0.1 }), { rho: 1e-5 }));
    near.trained.forEach((value, i) => expect(value).toBeCloseTo(expected.trained[i]!, 4));
  });

  test('on WebAssembly with the same result', async () => {
    for (const make of [() => sam(sgd()), () => lbfgs({ memory: 2 }), () => implicitSgd({ iterations: 2 })]) {
      const losses = async (options: object): Promise<number[]> => {
        const model = sequential(input([3]), dense(8, { activation: tanh }), dense(1));
        const trainer = model.compile({ optimizer: make(), loss: meanSquaredError, seed: 3, ...options });
        return (await trainer.fit(data, { epochs: 6, batchSize: 16 })).map(({ loss }) => loss!);
      };
      const [expected, found] = [await losses({}), await losses({ backend: await wasm({ threads: 1 }) })];
      found.forEach((loss, i) => expect(loss).toBeCloseTo(expected[i]!, 4));
    }
  });
});

test('lbfgs fits a small net in a few steps of complete data', async () => {
  const model = sequential(input([2]), dense(4, { activation: tanh }), dense(1));
  const trainer = model.compile({ optimizer: lbfgs(), loss: binaryCrossEntropy, seed: 2 });
  const xor = { x: tensor([[0, 0], [0, 1], [1, 0], [1, 1]]), y: tensor([[0], [1], [1], [0]]) }; // prettier-ignore
  const history = await trainer.fit(xor, { epochs: 60 });
  expect(history.at(-1)!.loss).toBeLessThan(1e-3);
});

test('accumulated batches of a linear model step like the large batch', async () => {
  const weights = async (optimizer: Optimizer, batchSize: number): Promise<number[]> => {
    const model = sequential(input([3]), dense(1));
    const trainer = model.compile({ optimizer, loss: meanSquaredError, seed: 1 });
    await trainer.fit(data, { epochs: 3, batchSize, shuffle: false });
    return model.variables().flatMap(({ value }) => [...value.value.data]);
  };
  const expected = await weights(sgd({ learningRate: 0.1 }), 16);
  const found = await weights(accumulateGradients(sgd({ learningRate: 0.1 }), 4), 4);
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
});

test('averages replace the weights for an evaluation, and training continues from the weights', async () => {
  const model = sequential(input([3]), dense(1));
  const optimizer = chain(sgd({ learningRate: 0.5 }), averageWeights({ decay: 0.9 }));
  const trainer = model.compile({ optimizer, loss: meanSquaredError, seed: 1 });
  await trainer.fit(data, { epochs: 5, batchSize: 2 });
  const last = await trainer.evaluate(data);
  swapAverages(trainer.optimizerState, model.trainableVariables());
  const average = await trainer.evaluate(data);
  swapAverages(trainer.optimizerState, model.trainableVariables());
  expect(average['loss']).toBeLessThan(last['loss']!);
  expect(await trainer.evaluate(data)).toEqual(last);
});
