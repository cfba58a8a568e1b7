import { reference } from '@chainrule/compiler';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { adam } from '@chainrule/optim';
import { argmax, cast, equal, mean, mul, sub, type Tensor, tensor, type Variable, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import type { Trainer } from './trainer.ts';
import { input } from '../graph/input.ts';
import { sequential } from '../graph/sequential.ts';
import { affine, bend, descent, inBatches, noise, rescale, twoBlobs } from '../../testing/model.ts';
import type { TrainingOptions } from './trainingOptions.ts';

const accuracy = (predictions: Tensor, labels: Tensor): Tensor =>
  cast(equal(argmax(predictions, { axis: -1 }), labels), 'float32');
const classify = { loss: sparseCategoricalCrossEntropy, metrics: { accuracy } };

function classifier(options: Partial<TrainingOptions> = {}): Trainer {
  return sequential(input([2]), affine(8), noise(), bend(), affine(2)).compile({
    optimizer: adam({ learningRate: 0.05 }),
    ...classify,
    ...options,
  });
}

const weights = (trainer: Trainer): number[] => trainer.model.variables().flatMap(({ value }) => [...value.value.data]);

/** The reference backend, and what programs were prepared. */
function counted(): { backend: ReturnType<typeof reference>; programs: string[] } {
  const programs: string[] = [];
  const plain = reference();
  const prepare: typeof plain.prepare = (program) => {
    programs.push(
      program.assigns.some((v) => v.trainable) ? 'train' : program.assigns.length > 0 ? 'measure' : 'infer',
    );
    return plain.prepare(program);
  };
  return { backend: { ...plain, prepare }, programs };
}

describe('a training step', () => {
  test('moves the weights against the gradient of the loss', async () => {
    const model = sequential(input([2]), affine(1));
    const squares = (p: Tensor, t: Tensor): Tensor => mean(mul(sub(p, t), sub(p, t)));
    const trainer = model.compile({ optimizer: descent(0.1), loss: squares });
    const [kernel, bias] = model.trainableVariables() as [Variable, Variable];
    kernel.assign(tensor([[1], [-1]]));
    // Predictions 1 − 2 = −1 and 3 − 4 = −1 for targets 0 and 1: residuals −1 and −2, mean square (1 + 4) / 2.
    const { loss } = await trainer.trainStep({
      x: tensor([
        [1, 2],
        [3, 4],
      ]),
      y: tensor([[0], [1]]),
    });
    expect(loss).toBe(2.5);
    // −0.1 · (2/2) · Σ residual·x: 0.1 · (1 + 6), 0.1 · (2 + 8); for the bias 0.1 · (1 + 2).
    kernel.value.data.forEach((w, i) => expect(w).toBeCloseTo([1.7, 0][i]!, 6));
    expect(bias.value.item()).toBeCloseTo(0.3, 6);
    expect(trainer.steps).toBe(1);
  });

  test('reports loss and metrics of the batch as predicted before the step', async () => {
    const model = sequential(input([2]), affine(2));
    const trainer = model.compile({ optimizer: descent(1), ...classify });
    // Zeros make equal logits: ln 2, and class 0 is taken as the first of equals.
    const logs = await trainer.trainStep({ x: zeros([4, 2]), y: tensor([0, 1, 1, 1], undefined, 'int32') });
    expect(logs).toEqual({ loss: Math.fround(Math.LN2), accuracy: 0.25 });
  });

  test('ticks the optimizer with the number of steps so far', async () => {
    const ticks: number[] = [];
    const trainer = classifier({
      optimizer: { ...descent(0.1), tick: (_, step) => void ticks.push(step) },
    });
    for (let i = 0; i < 3; i++) await trainer.trainStep(twoBlobs(4));
    expect(ticks).toEqual([0, 1, 2]);
  });

  test('runs the layers as in training, with other random numbers each time', async () => {
    const trainer = classifier({ optimizer: descent(0) });
    const losses = [];
    for (let i = 0; i < 3; i++) losses.push((await trainer.trainStep(twoBlobs(4)))['loss']);
    expect(new Set(losses).size).toBe(3);
    expect(
      trainer.model
        .variables()
        .find(({ name }) => name === 'noise/count')!
        .value.value.item(),
    ).toBe(3);
  });

  test('leaves variables alone that are not trainable', async () => {
    const model = sequential(input([2]), affine(2)).build();
    model.variables()[1]!.value.trainable = false;
    const trainer = model.compile({ optimizer: descent(0.1), ...classify });
    const before = model.trainableVariables()[0]!.value.toArray();
    await trainer.trainStep(twoBlobs(3));
    expect(model.variables()[1]!.value.value.toArray()).toEqual([0, 0]);
    expect(model.trainableVariables()[0]!.value.toArray()).not.toEqual(before);
  });

  test('refuses batches that do not fit, and changes nothing', async () => {
    const trainer = classifier();
    const before = weights(trainer);
    await expect(
      trainer.trainStep({ x: zeros([4, 3]), y: zeros([4], 'int32') }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`[ShapeError: fit: \`x\` must have shape [batch,2], got [4,3]]`);
    await expect(
      trainer.trainStep({ x: zeros([2]), y: zeros([2], 'int32') }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: fit: \`x\` must have shape [batch,2], got [2]; a single sample needs the batch axis: \`expandDims(x, 0)\`, and a Dataset \`batch(size)\`]`,
    );
    await expect(
      trainer.trainStep({ x: zeros([4, 2]), y: zeros([3], 'int32') }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: fit: \`y\` must have a target for each of the 4 samples of \`x\`, got shape [3]]`,
    );
    await expect(
      trainer.trainStep({ x: zeros([4, 2]), y: zeros([], 'int32') }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: fit: \`y\` must have a target for each of the 4 samples of \`x\`, got shape []]`,
    );
    await expect(
      trainer.trainStep({ x: zeros([0, 2]), y: zeros([0], 'int32') }),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`[ShapeError: fit: \`x\` must have at least one sample, got [0,2]]`);
    await expect(trainer.trainStep({ x: zeros([4, 2]), y: zeros([4]) })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: sparseCategoricalCrossEntropy: \`labels\` must be int32, got float32; convert them with \`cast\`]`,
    );
    await expect(trainer.trainStep({ x: zeros([1, 2]), y: tensor([2], undefined, 'int32') })).rejects.toThrow(
      /^sparseCategoricalCrossEntropy: /,
    );
    expect([weights(trainer), trainer.steps]).toEqual([before, 0]);
  });
});

describe('compile', () => {
  test('learns exclusive or, which no affine map can', async () => {
    const xor = {
      x: tensor([
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ]),
      y: tensor([0, 1, 1, 0], undefined, 'int32'),
    };
    const model = sequential(input([2]), affine(8), bend(), affine(2));
    const trainer = model.compile({ optimizer: adam({ learningRate: 0.05 }), ...classify, seed: 1 });
    await trainer.fit([xor], { epochs: 150 });
    const logs = await trainer.evaluate([xor]);
    expect(logs['accuracy']).toBe(1);
    expect(logs['loss']).toBeLessThan(0.1);
  });

  test('learns to tell two heaps apart, and knows points that it has not seen', async () => {
    const trainer = classifier({ seed: 1 });
    await trainer.fit(inBatches(twoBlobs(64), 16), { epochs: 20 });
    expect((await trainer.evaluate([twoBlobs(100, 77)]))['accuracy']).toBeGreaterThan(0.97);
  });

  test('gives the same weights bit for bit from the same seed, noise included, and others from another', async () => {
    const train = async (seed: number): Promise<number[]> => {
      const trainer = classifier({ seed });
      await trainer.fit(inBatches(twoBlobs(20), 8), { epochs: 3 });
      return weights(trainer);
    };
    const [first, again, other] = [await train(5), await train(5), await train(6)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  test('takes pixels in uint8', async () => {
    const x = tensor(
      Uint8Array.from({ length: 40 }, (_, i) => (i % 4 < 2 ? 250 : 5)),
      [20, 2],
      'uint8',
    );
    const data = {
      x,
      y: tensor(
        Int32Array.from({ length: 20 }, (_, i) => i % 2),
        [20],
        'int32',
      ),
    };
    const trainer = sequential(input([2]), rescale(), affine(2)).compile({
      optimizer: adam({ learningRate: 0.1 }),
      ...classify,
    });
    await trainer.fit(inBatches(data, 8), { epochs: 20 });
    expect((await trainer.evaluate(inBatches(data, 8)))['accuracy']).toBe(1);
    expect((await trainer.predict(x, { batchSize: 8 })).dtype).toBe('float32');
  });

  test('trains, evaluates and predicts in float64', async () => {
    const trainer = sequential(input([2]), affine(2)).compile({ optimizer: adam(), ...classify, dtype: 'float64' });
    const batch = { x: zeros([3, 2], 'float64'), y: zeros([3], 'int32') };
    expect((await trainer.evaluate([batch]))['loss']).toBeCloseTo(Math.LN2, 14);
    expect((await trainer.trainStep(batch))['loss']).toBeCloseTo(Math.LN2, 14);
    expect((await trainer.predict(batch.x)).dtype).toBe('float64');
  });

  test('takes a model that is built, and leaves its weights', () => {
    const model = sequential(input([2]), affine(2)).build({ seed: 3 });
    const before = model.variables()[0]!.value.value.toArray();
    model.compile({ optimizer: adam(), ...classify, seed: 4 });
    expect(model.variables()[0]!.value.value.toArray()).toEqual(before);
  });

  test('refuses metrics whose names are taken', () => {
    expect(() => classifier({ metrics: { loss: accuracy } })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: compile: \`metrics\` must have names other than loss and epoch, got loss]`,
    );
    expect(() => classifier({ metrics: { epoch: accuracy } })).toThrow('got epoch');
  });
});

describe('programs', () => {
  test('are two for training with a remainder, one for evaluation, one for prediction', async () => {
    const { backend, programs } = counted();
    const trainer = classifier({ backend });
    const data = twoBlobs(20);
    await trainer.fit(inBatches(data, 8), { epochs: 3 });
    expect(programs).toEqual(['train', 'train']);
    await trainer.evaluate(inBatches(data, 8));
    await trainer.evaluate(inBatches(data, 8));
    expect(programs).toEqual(['train', 'train', 'measure']);
    await trainer.predict(data.x, { batchSize: 8 });
    expect(programs).toEqual(['train', 'train', 'measure', 'infer']);
  });
});

test('predict and evaluate serve all small numbers of samples with a program for each power of two', async () => {
  const { backend, programs } = counted();
  const trainer = classifier({ backend });
  for (let rows = 1; rows <= 40; rows++) {
    expect((await trainer.predict(twoBlobs(rows).x)).shape).toEqual([rows, 2]);
    await trainer.evaluate(twoBlobs(rows));
  }
  const each = (kind: string): number => programs.filter((found) => found === kind).length;
  expect([each('infer'), each('measure')]).toEqual([6, 6]);
});

describe('evaluate', () => {
  /** The averages of loss and accuracy, sample by sample from the logits. */
  function plainly(trainer: Trainer, { x, y }: ReturnType<typeof twoBlobs>): { loss: number; accuracy: number } {
    const rows = trainer.model.call(x).toArray() as [number, number][];
    const losses = rows.map((row, i) => Math.log(Math.exp(row[0]) + Math.exp(row[1])) - row[y.data[i]!]!);
    const hits = rows.map(([a, b], i) => Number(y.data[i] === (b > a ? 1 : 0)));
    const average = (values: number[]): number => values.reduce((s, v) => s + v, 0) / values.length;
    return { loss: average(losses), accuracy: average(hits) };
  }

  test.each([
    [8, 'a small last batch'],
    [7, 'a last batch of one'],
    [4, 'no remainder'],
    [50, 'one small batch'],
  ])('is the mean over all samples in batches of %i: %s', async (size) => {
    const trainer = classifier();
    const data = twoBlobs(36, 2);
    for (let i = 0; i < 3; i++) await trainer.trainStep(data);
    const logs = await trainer.evaluate(inBatches(data, size));
    const expected = plainly(trainer, data);
    expect(logs['loss']).toBeCloseTo(expected.loss, 6);
    expect(logs['accuracy']).toBeCloseTo(expected.accuracy, 12);
  });

  test('is the mean also where the first batch is the smallest', async () => {
    const trainer = classifier();
    const data = twoBlobs(11, 2);
    const [big, small] = inBatches(data, 8) as [typeof data, typeof data];
    expect((await trainer.evaluate([small, big]))['loss']).toBeCloseTo(plainly(trainer, data).loss, 6);
  });

  test('changes nothing: weights, statistics, random numbers', async () => {
    const trainer = classifier();
    const state = (): number[] => [...weights(trainer), trainer.model.rng.counter.value.item()];
    const before = state();
    await trainer.evaluate(inBatches(twoBlobs(20), 8));
    await trainer.predict(twoBlobs(20).x);
    expect(state()).toEqual(before);
  });

  test('refuses batches that do not fit, and none', async () => {
    const trainer = classifier();
    await expect(trainer.evaluate([])).rejects.toThrowErrorMatchingInlineSnapshot(
      `[OptionError: evaluate: \`data\` must hold at least one sample, got none]`,
    );
    await expect(
      trainer.evaluate([{ x: zeros([4, 3]), y: zeros([4], 'int32') }]),
    ).rejects.toThrowErrorMatchingInlineSnapshot(`[ShapeError: evaluate: \`x\` must have shape [batch,2], got [4,3]]`);
    await expect(
      trainer.evaluate([{ x: zeros([4, 2]), y: zeros([3], 'int32') }]),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: evaluate: \`y\` must have a target for each of the 4 samples of \`x\`, got shape [3]]`,
    );
    await expect(
      trainer.evaluate([twoBlobs(4), { x: zeros([0, 2]), y: zeros([0], 'int32') }]),
    ).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: evaluate: \`x\` must have at least one sample, got [0,2]]`,
    );
  });
});

describe('predict', () => {
  test.each([1, 7, 8, 9, 16, 20])('of %i rows equals the model’s call', async (rows) => {
    const trainer = classifier();
    const { x } = twoBlobs(rows, 4);
    const predictions = await trainer.predict(x, { batchSize: 8 });
    expect(predictions.shape).toEqual([rows, 2]);
    const expected = trainer.model.call(x).data;
    predictions.data.forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 6));
  });

  test('keeps further axes', async () => {
    const trainer = sequential(input([2, 3]), bend()).compile({ optimizer: descent(0.1), loss: (p) => mean(p) });
    expect((await trainer.predict(zeros([5, 2, 3]), { batchSize: 2 })).shape).toEqual([5, 2, 3]);
  });

  test('refuses what does not fit', async () => {
    const trainer = classifier();
    await expect(trainer.predict(zeros([4, 3]))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: predict: \`x\` must have shape [batch,2], got [4,3]]`,
    );
    await expect(trainer.predict(zeros([2]))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: predict: \`x\` must have shape [batch,2], got [2]; a single sample needs the batch axis: \`expandDims(x, 0)\`, and a Dataset \`batch(size)\`]`,
    );
    await expect(trainer.predict(zeros([0, 2]))).rejects.toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: predict: \`x\` must have at least one sample, got [0,2]]`,
    );
    await expect(trainer.predict(zeros([4, 2]), { batchSize: 0 })).rejects.toThrowErrorMatchingInlineSnapshot(
      `[OptionError: predict: \`batchSize\` must be a positive integer, got 0]`,
    );
  });
});
