import { meanSquaredError, sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { cast, mean, mul, square, sub, sum, type Tensor, tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { FlatBatch } from './batches.ts';
import type { StepResult } from './fit.ts';
import type { FitOptions, Trainer } from './trainer.ts';
import { input } from '../graph/input.ts';
import { sequential } from '../graph/sequential.ts';
import {
  affine,
  bend,
  descent,
  only,
  pretend,
  pretender,
  type Pretender,
  twoBlobs,
  type TrainingBatch,
} from '../../testing/model.ts';

/** Samples whose only feature is their number. */
const numbered = (rows: number): TrainingBatch => ({
  x: tensor(
    Float32Array.from({ length: rows }, (_, i) => i),
    [rows, 1],
  ),
  y: tensor(Float32Array.from({ length: rows }, (_, i) => 10 * i)),
});

const oneStep: StepResult = { loss: 1, weight: 1, check: 0, outputs: [] };

/** A pretender with a step of its own. */
function stepping(step: (batch: TrainingBatch) => void): Pretender {
  const { training, ...rest } = pretender();
  return {
    ...rest,
    training: { ...training, step: (batch) => (step(only(batch)), Promise.resolve(oneStep)) },
  };
}

/** The samples of each batch that training sees, and those of each validation. */
async function seenBy(
  rows: number,
  options: FitOptions,
  seed = 0,
): Promise<{ batches: number[][]; held: number[][]; size: number | undefined }> {
  const batches: number[][] = [];
  const held: number[][] = [];
  let size: number | undefined;
  const { trainer, training } = pretender();
  const watched: Pretender = {
    seen: [],
    trainer: {
      ...trainer,
      model: sequential(input([1]), affine(1)).build({ seed }),
      evaluate(data) {
        const { x } = data instanceof FlatBatch ? only(data) : (data as TrainingBatch);
        held.push([...x.data]);
        return Promise.resolve({ loss: 1 });
      },
    },
    training: {
      ...training,
      step(batch) {
        const { x, y } = only(batch);
        expect([...y.data]).toEqual(Array.from(x.data, (v) => 10 * v));
        batches.push([...x.data]);
        return Promise.resolve(oneStep);
      },
    },
  };
  await pretend(watched, numbered(rows), { ...options, onEpochBegin: (at) => void (size = at.batches) });
  return { batches, held, size };
}

describe('fit on tensors', () => {
  test('cuts them into batches, of which the last may be smaller', async () => {
    expect(await seenBy(7, { batchSize: 3, shuffle: false })).toEqual({
      batches: [[0, 1, 2], [3, 4, 5], [6]],
      held: [],
      size: 3,
    });
    expect((await seenBy(70, { shuffle: false })).batches.map(({ length }) => length)).toEqual([32, 32, 6]);
  });

  test('takes each sample once an epoch, in an order that differs by epoch and is that of the seed', async () => {
    const options = { batchSize: 50, epochs: 3 };
    const { batches } = await seenBy(50, options, 1);
    for (const epoch of batches) expect([...epoch].sort((a, b) => a - b)).toEqual([...Array(50).keys()]);
    expect(new Set(batches.map(String)).size).toBe(3);
    expect((await seenBy(50, options, 1)).batches).toEqual(batches);
    expect((await seenBy(50, options, 2)).batches[0]).not.toEqual(batches[0]);
  });

  test('keeps the last part for validation, whatever the order', async () => {
    const { batches, held } = await seenBy(10, { batchSize: 4, epochs: 2, validationSplit: 0.3 });
    expect(held).toEqual([
      [7, 8, 9],
      [7, 8, 9],
    ]);
    expect(batches.map(({ length }) => length)).toEqual([4, 3, 4, 3]);
    expect(batches.flat().sort()).toEqual([...Array(7).keys()].flatMap((i) => [i, i]));
  });

  test.each([
    [10, 0.9, 9],
    [10, 0.1, 1],
    [4, 0.1, 1],
    [100, 0.83, 83],
    [3, 0.5, 2],
  ])('of %i samples with a split of %d validates on %i, as Keras does', async (rows, validationSplit, expected) => {
    const { batches, held } = await seenBy(rows, { validationSplit });
    expect([held[0]!.length, batches.flat().length]).toEqual([expected, rows - expected]);
  });

  test('takes given validation data before its own', async () => {
    expect((await seenBy(4, { validationSplit: 0.5, validation: numbered(1) })).held).toEqual([[0]]);
  });

  test.each<[FitOptions, string]>([
    [{ batchSize: 0 }, 'fit: `batchSize` must be a positive integer, got 0'],
    [{ batchSize: 1.5 }, 'fit: `batchSize` must be a positive integer, got 1.5'],
    [{ validationSplit: 1 }, 'fit: `validationSplit` must be in [0, 1), got 1'],
    [{ validationSplit: NaN }, 'fit: `validationSplit` must be in [0, 1), got NaN'],
    [{ validationSplit: 0.99 }, 'fit: `validationSplit` must leave samples on both sides, got 0.99 of 4 samples'],
  ])('refuses %j', async (options, message) => {
    await expect(seenBy(4, options)).rejects.toThrow(message);
  });

  test('refuses a tensor of another dtype than the input says, and converts arrays to it', async () => {
    const trainer = sequential(input([1], { dtype: 'float64' }), affine(1)).compile({
      optimizer: descent(0),
      loss: meanSquaredError,
      dtype: 'float64',
    });
    const wrong = zeros([2, 1]) as Tensor;
    const message = '`x` must be float64, as `input` says, got float32; convert it with `cast`';
    await expect(trainer.fit(wrong, zeros([2, 1], 'float64'))).rejects.toThrow(`fit: ${message}`);
    await expect(trainer.predict(wrong)).rejects.toThrow(`predict: ${message}`);
    expect((await trainer.predict([[1]])).dtype).toBe('float64');
  });

  test('refuses parts that do not fit one another, and a split of batches', async () => {
    const { x, y } = numbered(4);
    const fit = (data: TrainingBatch): Promise<unknown> => pretend(pretender(), data, {});
    await expect(fit({ x, y: zeros([3]) })).rejects.toThrow(
      'fit: `y` must have a target for each of the 4 samples of `x`, got shape [3]',
    );
    await expect(fit({ x, y, sampleWeight: zeros([3]) })).rejects.toThrow(
      'fit: `sampleWeight` must have a weight for each of the 4 samples of `x`, got shape [3]',
    );
    await expect(fit({ x: zeros([4, 2]), y })).rejects.toThrow('fit: `x` must have shape [batch,1], got [4,2]');
    await expect(pretend(pretender(), [{ x, y }], { validationSplit: 0.5 })).rejects.toThrow(
      'fit: `validationSplit` needs the samples as tensors',
    );
  });
});

/** y = w·x + b without noise: one feature, a kernel of 1, a bias of 0. */
function line(): Trainer {
  const squares = (p: Tensor, t: Tensor, { sampleWeight }: { readonly sampleWeight?: Tensor }): Tensor => {
    const errors = mean(square(sub(p, t)), { axis: -1 });
    return sampleWeight ? mul(sum(mul(errors, sampleWeight)), 1 / 4) : mean(errors);
  };
  const trainer = sequential(input([1]), affine(1)).compile({ optimizer: descent(0.5), loss: squares });
  trainer.model.variables()[0]!.value.assign(tensor([[1]]));
  return trainer;
}

describe('sampleWeight', () => {
  test('weighs each sample’s part of the loss and of the gradient', async () => {
    const trainer = line();
    // Residuals −1 and −2 of weights 3 and 1; the loss above is a quarter of the weighted sum.
    const batch = { x: tensor([[1], [2]]), y: tensor([[2], [4]]), sampleWeight: tensor([3, 1]) };
    expect((await trainer.trainStep(batch))['loss']).toBe((3 * 1 + 1 * 4) / 4);
    // −0.5 · ¼ · Σ 2·weight·residual·x: 0.25 · (3 + 4), and 0.25 · (3 + 2) for the bias.
    expect(trainer.model.variables().map(({ value }) => value.value.item())).toEqual([1 + 1.75, 1.25]);
  });

  test('follows its sample through shuffling and batches', async () => {
    const seen: [number, number][] = [];
    const step = ({ x, sampleWeight }: TrainingBatch): void =>
      x.data.forEach((v, i) => seen.push([v, sampleWeight!.data[i]!]));
    await pretend(
      stepping(step),
      { ...numbered(9), sampleWeight: tensor(Float32Array.from({ length: 9 }, (_, i) => 100 * i)) },
      { batchSize: 4 },
    );
    expect(seen.map(([x, w]) => w - 100 * x)).toEqual(Array(9).fill(0));
    expect(new Set(seen.map(([x]) => x)).size).toBe(9);
  });

  test('counts in evaluation as in training, with batches of any size', async () => {
    const trainer = sequential(input([2]), affine(2)).compile({
      optimizer: descent(0),
      loss: sparseCategoricalCrossEntropy,
      metrics: { label: (_, t) => cast(t, 'float32') },
    });
    const sampleWeight = tensor([1, 0, 5, 0.5, 2, 0, 0]);
    const data = { ...twoBlobs(7), sampleWeight };
    const { loss } = await trainer.trainStep(data);
    for (const batchSize of [1, 2, 3, 7, 9]) {
      const found = await trainer.evaluate(data, { batchSize });
      expect(found['loss']).toBeCloseTo(loss!, 6);
      expect(found['label']).toBeCloseTo(0.5 / 8.5, 12); // of label 1 only one sample counts
    }
  });
});

describe('weights that are negative, infinite or NaN', () => {
  const data = { x: tensor([[1], [2], [3]]), y: tensor([[2], [4], [6]]) };

  test.each([-1, -1e-30, NaN, Infinity, -Infinity])(
    'a sample weight of %d is refused before any step',
    async (wrong) => {
      const message = `\`sampleWeight\` must hold finite numbers from 0, got ${Math.fround(wrong)} at position 1; a weight of 0 leaves a sample out`;
      const weighted = { ...data, sampleWeight: tensor([1, wrong, 1]) };
      const trainer = line();
      const before = trainer.model.variables().map(({ value }) => value.value.item());
      let begun = 0;
      const onTrainBegin = (): void => void begun++;
      await expect(trainer.fit(weighted, { onTrainBegin })).rejects.toThrow(`fit: ${message}`);
      expect(begun).toBe(0);
      await expect(trainer.fit([{ ...data, sampleWeight: [1, 2, 3] }, weighted], { shuffle: false })).rejects.toThrow(
        `fit: ${message}`,
      );
      expect(trainer.steps).toBe(1);
      await expect(line().trainStep(weighted)).rejects.toThrow(message);
      await expect(line().evaluate(weighted)).rejects.toThrow(`evaluate: ${message}`);
      const fresh = line();
      await fresh.fit(weighted).catch(() => undefined);
      expect(fresh.model.variables().map(({ value }) => value.value.item())).toEqual(before);
    },
  );

  test('weights of steps are checked, too', async () => {
    const y = zeros([2, 3, 1]);
    const weighted = { x: y, y, sampleWeight: tensor([0, 1, 2, 0, -0.5, 1], [2, 3]) };
    const trainer = sequential(input([3, 1]), bend()).compile({ optimizer: descent(0), loss: meanSquaredError });
    await expect(trainer.fit(weighted)).rejects.toThrow('got -0.5 at position 4');
  });

  test.each([-1, NaN, Infinity, '2'])('a class weight of %s is refused', async (wrong) => {
    await expect(line().fit(data, { classWeights: { 0: 1, 1: wrong as number } })).rejects.toThrow(
      'fit: `classWeights` must be an object of weights by label, finite numbers from 0',
    );
  });

  test('a weight of −0 is a weight of 0', async () => {
    const trainer = line();
    expect(await trainer.evaluate({ ...data, sampleWeight: tensor([-0, 1, -0]) })).toEqual(
      await trainer.evaluate({ x: tensor([[2]]), y: tensor([[4]]) }),
    );
  });
});

describe('classWeights', () => {
  const y = tensor([0, 1, 2, 1], undefined, 'int32');
  const weightsOf = async (data: TrainingBatch, classWeights: Record<number, number>): Promise<number[]> => {
    let found: number[] = [];
    const step = ({ sampleWeight }: TrainingBatch): void => void (found = [...sampleWeight!.data]);
    await pretend(stepping(step), [data], { classWeights });
    return found;
  };

  test('become weights of samples: 1 where none is given, times their own', async () => {
    expect(await weightsOf({ x: zeros([4, 1]), y }, { 0: 3, 1: 0.5 })).toEqual([3, 0.5, 1, 0.5]);
    expect(await weightsOf({ x: zeros([4, 1]), y, sampleWeight: tensor([1, 2, 3, 0]) }, { 0: 3, 1: 0.5 })).toEqual([
      3, 1, 3, 0,
    ]);
  });

  test('give the loss Σ w·loss / Σ w', async () => {
    const trainer = sequential(input([1]), affine(2)).compile({
      optimizer: descent(0),
      loss: sparseCategoricalCrossEntropy,
    });
    trainer.model.variables()[0]!.value.assign(tensor([[0, 1]]));
    const data = { x: tensor([[0], [1], [2]]), y: tensor([0, 1, 0], undefined, 'int32') };
    const losses = [0, 1, 2].map((x, i) => Math.log(1 + Math.exp(x)) - (i === 1 ? x : 0));
    const [logs] = await trainer.fit([data], { classWeights: { 0: 4 } });
    expect(logs!['loss']).toBeCloseTo((4 * losses[0]! + losses[1]! + 4 * losses[2]!) / 9, 6);
  });

  test('are found by the targets of one output too', async () => {
    expect(await weightsOf({ x: zeros([4, 1]), y: tensor([[0], [1], [1], [0]]) }, { 1: 3 })).toEqual([1, 3, 3, 1]);
  });

  test('are found by one-hot rows, also of positions, and by labels of positions', async () => {
    const x = zeros([4, 1]);
    const two = {
      x: zeros([2, 1]),
      y: tensor(
        [
          [0, 1, 2],
          [1, 1, 0],
        ],
        undefined,
        'int32',
      ),
    };
    expect(
      await weightsOf(
        {
          x,
          y: tensor([
            [1, 0, 0],
            [0, 1, 0],
            [0, 0, 1],
            [0.1, 0.8, 0.1],
          ]),
        },
        { 0: 3, 1: 0.5 },
      ),
    ).toEqual([3, 0.5, 1, 0.5]);
    expect(
      await weightsOf(
        {
          x: zeros([1, 1]),
          y: tensor([
            [
              [1, 0],
              [0, 1],
              [0, 1],
            ],
          ]),
        },
        { 1: 5 },
      ),
    ).toEqual([1, 5, 5]);
    expect(await weightsOf(two, { 1: 5 })).toEqual([1, 5, 1, 5, 5, 1]);
    expect(await weightsOf({ ...two, sampleWeight: tensor([2, 0]) }, { 1: 5 })).toEqual([2, 10, 2, 0, 0, 0]);
    expect(
      await weightsOf(
        {
          ...two,
          sampleWeight: tensor(
            [
              [1, 2, 3],
              [0, 1, 0],
            ],
            undefined,
            'int32',
          ),
        },
        { 1: 5 },
      ),
    ).toEqual([1, 10, 3, 0, 5, 0]);
  });
});

describe('evaluate on tensors', () => {
  const trainer = sequential(input([2]), affine(2)).compile({
    optimizer: descent(0),
    loss: sparseCategoricalCrossEntropy,
  });

  test('is the same in batches of any size', async () => {
    const whole = await trainer.evaluate(twoBlobs(11), { batchSize: 11 });
    for (const batchSize of [1, 3, 10, 32])
      expect((await trainer.evaluate(twoBlobs(11), { batchSize }))['loss']).toBeCloseTo(whole['loss']!, 6);
  });

  test('refuses what does not fit', async () => {
    const { x, y } = twoBlobs(4);
    await expect(trainer.evaluate({ x, y }, { batchSize: 0 })).rejects.toThrow(
      'evaluate: `batchSize` must be a positive integer, got 0',
    );
    await expect(trainer.evaluate({ x, y: zeros([5], 'int32') })).rejects.toThrow(
      'evaluate: `y` must have a target for each of the 4 samples of `x`, got shape [5]',
    );
    // @ts-expect-error known shapes are also checked at compile time
    await expect(trainer.evaluate({ x: zeros([4, 3]), y })).rejects.toThrow(
      'evaluate: `x` must have shape [batch,2], got [4,3]',
    );
    await expect(trainer.evaluate({ x: zeros([0, 2]), y: zeros([0], 'int32') })).rejects.toThrow(
      'evaluate: `x` must have at least one sample',
    );
  });
});
