import { partition, sgd } from '@chainrule/optim';
import { mean, square, sub, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { affine, noise } from '../../testing/model.ts';
import { input } from '../graph/input.ts';
import { sequential } from '../graph/sequential.ts';
import { encodeCheckpoint } from '../files/trainingState.ts';
import { learningRateRangeTest } from './learningRateRangeTest.ts';
import type { AnyTrainer } from './trainer.ts';

const data = { x: tensor([[1], [2], [3]]), y: tensor([[2], [4], [6]]) };
const start = (optimizer = sgd({ learningRate: 0.5, momentum: 0.5 })): AnyTrainer =>
  sequential(input([1]), noise(), affine(1)).compile({
    optimizer,
    loss: (p: Tensor, y: Tensor) => mean(square(sub(p, y))),
    seed: 3,
  });

describe('learningRateRangeTest', () => {
  test('tries rates that grow by one factor, and ends when the loss diverges', async () => {
    const points = await learningRateRangeTest(start(), data, { from: 1e-4, to: 1e4, steps: 81, batchSize: 2 });
    points.forEach(({ learningRate }, i) => expect(learningRate / (1e-4 * 10 ** (i / 10))).toBeCloseTo(1, 9));
    expect(points.length).toBeLessThan(81);
    const losses = points.map(({ loss }) => loss);
    expect(losses.at(-1)).toBeGreaterThan(4 * Math.min(...losses));
  });

  test('leaves weights, optimizer, random state and the count of steps as they were', async () => {
    const trainer = start();
    await trainer.fit(data, { epochs: 2 });
    const before = await encodeCheckpoint(trainer);
    await learningRateRangeTest(trainer, data, { from: 1e-3, to: 1e30, divergence: 1e300, steps: 20 });
    expect(await encodeCheckpoint(trainer)).toEqual(before);
  });

  test('takes one step, and batches', async () => {
    expect(await learningRateRangeTest(start(), [data], { from: 0.25, to: 1, steps: 1 })).toMatchObject([{ learningRate: 0.25 }]); // prettier-ignore
  });

  test('refuses a schedule, or several rates', async () => {
    await expect(learningRateRangeTest(start(sgd({ learningRate: () => 1 })), data)).rejects.toThrow('got a schedule');
    const several = partition(() => 'a', { a: sgd(), b: sgd() }) as never;
    await expect(learningRateRangeTest(start(several), data)).rejects.toThrow('got 2 rates');
  });
});
