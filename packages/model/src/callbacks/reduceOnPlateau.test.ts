import { tensor, Variable } from '@chainrule/tensor';
import { learningRateOf, partition, sgd } from '@chainrule/optim';
import { describe, expect, test } from 'vitest';
import type { TrainingControl } from './callbacks.ts';
import { reduceOnPlateau, type ReduceOnPlateauOptions } from './reduceOnPlateau.ts';

/** The rate after each epoch with these validation losses. */
async function rates(losses: number[], options: ReduceOnPlateauOptions, learningRate = 1): Promise<number[]> {
  const optimizerState = sgd({ learningRate }).init([]);
  const control = { trainer: { optimizerState } } as unknown as TrainingControl;
  const callback = reduceOnPlateau(options);
  await callback.onTrainBegin!(control);
  const found: number[] = [];
  for (const [epoch, valLoss] of losses.entries()) {
    await callback.onEpochLogs!({ epoch, valLoss }, control);
    found.push(learningRateOf(optimizerState).value.item());
  }
  return found;
}

describe('reduceOnPlateau', () => {
  test('multiplies the rate by the factor after epochs without improvement', async () => {
    expect(await rates([3, 3, 3, 2, 2, 2, 2], { patience: 2, factor: 0.5 })).toEqual([1, 1, 0.5, 0.5, 0.5, 0.25, 0.25]);
  });

  test('with a patience of 0 or 1 reduces at once', async () => {
    for (const patience of [0, 1]) expect(await rates([1, 1, 1], { patience, factor: 0.5 })).toEqual([1, 0.5, 0.25]);
  });

  test('does not count epochs of the cooldown', async () => {
    const found = await rates([1, 1, 1, 1, 1, 1], { patience: 1, factor: 0.5, cooldown: 2 });
    expect(found).toEqual([1, 0.5, 0.5, 0.25, 0.25, 0.125]);
  });

  test('counts improvements above minDelta only, and NaN as none', async () => {
    expect(await rates([1, 0.95, NaN], { patience: 1, factor: 0.5, minDelta: 0.1 })).toEqual([1, 0.5, 0.25]);
  });

  test('stops at the smallest rate', async () => {
    expect(await rates([1, 1, 1], { patience: 1, factor: 0.5, minLearningRate: 0.4 })).toEqual([
      1,
      0.5,
      Math.fround(0.4),
    ]);
    expect(await rates([1, 1], { patience: 1, minLearningRate: 5 })).toEqual([1, 1]);
  });

  test('lowers the rate of each group', async () => {
    const w = new Variable(tensor([1]));
    const optimizer = partition(() => 'a', { a: sgd({ learningRate: 1 }), b: sgd({ learningRate: 0.5 }) });
    const optimizerState = optimizer.init([w]);
    const control = { trainer: { optimizerState } } as unknown as TrainingControl;
    const callback = reduceOnPlateau({ monitor: 'loss', patience: 1, factor: 0.5 });
    for (const epoch of [0, 1]) await callback.onEpochLogs!({ epoch, loss: 1 }, control);
    expect(Object.values(optimizerState).map((state) => learningRateOf(state).value.item())).toEqual([0.5, 0.25]);
  });

  test('refuses a schedule, which would set the rate again', async () => {
    const optimizerState = sgd({ learningRate: () => 1 }).init([]);
    const control = { trainer: { optimizerState } } as unknown as TrainingControl;
    const callback = reduceOnPlateau({ monitor: 'loss', patience: 0 });
    await callback.onEpochLogs!({ epoch: 0, loss: 1 }, control);
    await expect(callback.onEpochLogs!({ epoch: 1, loss: 1 }, control)).rejects.toThrow(
      'reduceOnPlateau: needs an optimizer with a constant learning rate, got one with a schedule',
    );
  });

  test('resumes from its state', async () => {
    const optimizerState = sgd({ learningRate: 1 }).init([]);
    const control = { trainer: { optimizerState } } as unknown as TrainingControl;
    const [first, second] = [1, 2].map(() => reduceOnPlateau({ monitor: 'loss', patience: 2, factor: 0.5 }));
    for (const epoch of [0, 1]) await first!.onEpochLogs!({ epoch, loss: 1 }, control);
    await second!.onTrainBegin!(control);
    second!.restore!(JSON.parse(JSON.stringify(first!.state!())) as never, control);
    await second!.onEpochLogs!({ epoch: 2, loss: 1 }, control);
    expect(learningRateOf(optimizerState).value.item()).toBe(0.5);
  });
});
