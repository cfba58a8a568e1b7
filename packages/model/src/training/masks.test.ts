import { defineLayer, type Layer, type SameShapeRule, zerosInitializer } from '@chainrule/layers-core';
import { meanSquaredError } from '@chainrule/losses';
import { meanSquaredError as meanSquaredErrorMetric } from '@chainrule/metrics';
import { abs, add, max, mul, notEqual, sub, sum, tensor, type Tensor, type Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import type { Trainer } from './trainer.ts';
import { input } from '../graph/input.ts';
import { sequential } from '../graph/sequential.ts';
import { descent, type TrainingBatch } from '../../testing/model.ts';

/** Adds a weight, 0 at first, to every step. */
function shift(): Layer<SameShapeRule> {
  let by: Variable;
  return defineLayer<SameShapeRule>({
    type: 'shift',
    args: [],
    outputShape: (s) => s,
    build: (_, at) => void (by = at.weight('by', [], zerosInitializer)),
    call: (x) => add(x, by.value),
  });
}

/** Steps of zeros do not count. */
function skipZeros(): Layer<SameShapeRule> {
  return defineLayer<SameShapeRule>({
    type: 'skipZeros',
    args: [],
    outputShape: (s) => s,
    call: (x) => x,
    mask: (x) => notEqual(max(abs(x), { axis: -1 }), 0),
  });
}

const metrics = { squares: (p: Tensor, t: Tensor): Tensor => sum(mul(sub(p, t), sub(p, t)), { axis: -1 }) };

/** Predicts each step as it is, at first. */
function trainerOf(...layers: readonly Layer<SameShapeRule>[]): Trainer {
  return sequential(input([3, 1]), ...(layers as [Layer<SameShapeRule>])).compile({
    optimizer: descent(0.5),
    loss: meanSquaredError,
    metrics,
  });
}

/** Errors of steps: 1, 2, 3; 4, and two steps of padding; 5, 6, and one. */
const x = tensor([
  [[1], [2], [3]],
  [[4], [0], [0]],
  [[5], [6], [0]],
]);
const y = tensor([
  [[0], [0], [0]],
  [[0], [9], [9]],
  [[0], [0], [9]],
]);
const counted = tensor([
  [1, 1, 1],
  [1, 0, 0],
  [1, 1, 0],
]);
const mean = (1 + 4 + 9 + 16 + 25 + 36) / 6;

async function measure(trainer: Trainer, data: TrainingBatch): Promise<readonly number[]> {
  const found = await Promise.all([1, 2, 3, 7].map((batchSize) => trainer.evaluate(data, { batchSize })));
  return found.flatMap(({ loss, squares }) => [loss!, squares!]);
}

const close = (value: number): readonly number[] => Array.from({ length: 8 }, () => expect.closeTo(value, 5) as number);

describe('steps that a mask leaves out', () => {
  test('count neither in the loss nor in metrics, in batches of any size', async () => {
    expect(await measure(trainerOf(skipZeros(), shift()), { x, y })).toEqual(close(mean));
    const { loss, squares } = await trainerOf(skipZeros(), shift()).trainStep({ x, y });
    expect([loss, squares]).toEqual([expect.closeTo(mean, 5), expect.closeTo(mean, 5)]);
  });

  test('are the same as steps of weight 0', async () => {
    expect(await measure(trainerOf(shift()), { x, y, sampleWeight: counted })).toEqual(close(mean));
    const [masked, weighted] = [trainerOf(skipZeros(), shift()), trainerOf(shift())];
    await masked.trainStep({ x, y });
    await weighted.trainStep({ x, y, sampleWeight: counted });
    // −0.5 · 2 · the mean of 1 … 6
    expect([masked, weighted].map(({ model }) => model.variables()[0]!.value.value.item())).toEqual([-3.5, -3.5]);
  });

  test('join with weights of samples and of steps', async () => {
    const trainer = trainerOf(skipZeros(), shift());
    expect(await measure(trainer, { x, y, sampleWeight: tensor([1, 2, 0]) })).toEqual(close((1 + 4 + 9 + 2 * 16) / 5));
    expect(
      await measure(trainer, {
        x,
        y,
        sampleWeight: tensor([
          [0, 1, 0],
          [3, 3, 3],
          [0, 0, 0],
        ]),
      }),
    ).toEqual(close((4 + 3 * 16) / 4));
    expect(await measure(trainer, { x, y, sampleWeight: tensor([1, 0, 0], undefined, 'bool') })).toEqual(
      close((1 + 4 + 9) / 3),
    );
  });

  test('are told by `run`, with the output', () => {
    const { model } = trainerOf(skipZeros(), shift());
    expect(model.run(x).mask!.toArray()).toEqual(notEqual(counted, 0).toArray());
    expect(model.run(x).data.toArray()).toEqual(model.call(x).toArray());
    expect(trainerOf(shift()).model.run(x)).not.toHaveProperty('mask');
  });
});

test('weights of samples count at all their steps, and padding of the last batch at none', async () => {
  const data = { x, y: tensor(new Float32Array(9), [3, 3, 1]), sampleWeight: tensor([1, 0, 2]) };
  expect(await measure(trainerOf(shift()), data)).toEqual(close((1 + 4 + 9 + 2 * (25 + 36)) / 9));
  const trainer = sequential(input([3, 1]), shift()).compile({
    optimizer: descent(0),
    loss: meanSquaredError,
    metrics: { squares: meanSquaredErrorMetric() },
  });
  expect((await trainer.evaluate({ x, y: data.y }, { batchSize: 2 }))['loss']).toBeCloseTo(
    (1 + 4 + 9 + 16 + 25 + 36) / 9,
    5,
  );
});

test('weights of steps that do not fit are refused with both shapes', async () => {
  const run = trainerOf(skipZeros(), shift()).trainStep({ x, y, sampleWeight: tensor(new Float32Array(6), [3, 2]) });
  await expect(run).rejects.toThrowErrorMatchingInlineSnapshot(
    `[ShapeError: fit: \`sampleWeight\` must have one weight for each sample or position of [3,3], got [3,2]]`,
  );
});
