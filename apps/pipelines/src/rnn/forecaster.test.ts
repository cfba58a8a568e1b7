import { slidingWindows } from '@chainrule/data-loaders';
import { simpleRnn } from '@chainrule/layers-recurrent';
import { adam, sgd } from '@chainrule/optim';
import { tensor } from '@chainrule/tensor';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Options, TaskRun, Task } from '../task.ts';
import { runOnce } from '../../testing/runOnce.ts';
import type { Samples } from '../trainModel.ts';
import { firstRows, forecaster, linearAutoregression, recurrentForecaster, rowsFrom } from './forecaster.ts';

beforeAll(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterAll(() => void vi.restoreAllMocks());

/** Calls a function with the arguments of a task. */
async function within(check: (run: TaskRun) => Promise<void>, options: Partial<Options> = {}): Promise<void> {
  const report = { task: 'rnn', dataset: 'waves', metrics: {}, epochs: [], seconds: 0, parameters: 0, seed: 1 };
  const task: Task = {
    pipeline: 'rnn',
    name: 'test',
    about: 'a test',
    dataSets: ['waves'],
    run: async (run) => (await check(run), report),
  };
  await runOnce(task, options);
}

const wave = Array.from({ length: 60 }, (_, t) => Math.sin(0.4 * t));
const windows: Samples = slidingWindows(tensor(wave, [60, 1]), { size: 6 });
const linear = { optimizer: sgd({ learningRate: 0.2 }), epochs: 150 };

describe('a forecaster', () => {
  test('that is linear continues a sine', () =>
    within(async (run) => {
      const net = await forecaster(run, () => linearAutoregression(6), linear);
      await net.train(firstRows(windows, 30), 1);
      const [ahead] = await net.ahead(firstRows(rowsFrom(windows, 30), 1).x, 24);
      ahead!.forEach((value, i) => expect(value).toBeCloseTo(wave[36 + i]!, 3));
      expect(net.parameters).toBe(7);
    }));

  test('feeds predictions back, separately for each window', () =>
    within(async (run) => {
      const net = await forecaster(run, () => recurrentForecaster(6, simpleRnn(4)), { optimizer: adam(), epochs: 1 });
      await net.train(windows, 3);
      const x = tensor(
        [0, 1, 2, 3, 4, 5, 5, 4, 3, 2, 1, 0].map((v) => v / 5),
        [2, 6, 1],
      );
      const ahead = await net.ahead(x, 2);
      const first = await net.next(x);
      const moved = [0, 1].flatMap((i) => [...x.data.slice(6 * i + 1, 6 * i + 6), first[i]!]);
      expect(ahead.map(([one]) => one)).toEqual(first);
      expect(ahead.map(([, two]) => two)).toEqual(await net.next(tensor(moved, [2, 6, 1])));
    }));

  test('restarts with every training', () =>
    within(async (run) => {
      const net = await forecaster(run, () => recurrentForecaster(6, simpleRnn(4)), {
        optimizer: adam(),
        epochs: 3,
        batchSize: 16,
      });
      const first = await net.train(windows, 1);
      const other = await net.train(windows, 2);
      expect(await net.train(windows, 1)).toEqual(first);
      expect(other).not.toEqual(first);
    }));

  test('trains on the first windows if a limit is set', () =>
    within(
      async (run) => {
        const net = await forecaster(run, () => linearAutoregression(6), linear);
        const limited = await net.train(windows, 1);
        await within(async (whole) => {
          const free = await forecaster(whole, () => linearAutoregression(6), linear);
          expect(await free.train(firstRows(windows, 8), 1)).toEqual(limited);
        });
      },
      { limit: 8 },
    ));
});
