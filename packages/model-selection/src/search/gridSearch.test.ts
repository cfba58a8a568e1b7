import { kFold, type WorkerPool, workerPool } from '@chainrule/data-loaders';
import { FormatError, StateError, TrainingError } from '@chainrule/errors';
import { tensor, type Tensor } from '@chainrule/tensor';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { formula, MemoryStore, rows, type Settings, space } from '../../testing/formula.ts';
import {
  crossValidate,
  type Fittable,
  gridSearch,
  halvingSearch,
  randomSearch,
  type Run,
  serveTrials,
  type Trial,
  type TrialData,
} from '../index.ts';

const ended: (() => void)[] = [];
afterEach(() => {
  for (const end of ended.splice(0)) end();
});
function poolOf(trial: Trial<Settings>, workers = 3): WorkerPool<Run<unknown>, number> {
  const pool = workerPool<Run<unknown>, number>(
    () => {
      const { port1, port2 } = new MessageChannel();
      serveTrials(trial, port1);
      return port2;
    },
    { workers },
  );
  ended.push(() => pool.close());
  return pool;
}

test('crossValidate scores every fold on the rows that were not trained on', async () => {
  const seen: number[] = [];
  const { scores, mean, spread } = await crossValidate(
    formula((_, count) => seen.push(count)),
    { a: 1, b: '' },
  );
  expect(seen).toEqual([8, 8, 8]);
  expect(scores.map((score) => score.toFixed(2))).toEqual(['1.00', '1.04', '1.08']);
  expect(mean).toBeCloseTo(scores.reduce((a, b) => a + b) / 3, 15);
  expect(spread).toBeCloseTo(Math.sqrt(scores.reduce((sum, s) => sum + (s - mean) ** 2, 0) / 3), 15);
});

test('without folds, there are 5, or as many as rows', async () => {
  const { folds: _, ...trial } = formula();
  expect((await crossValidate(trial, { a: 1, b: '' })).scores).toHaveLength(5);
  const few = { ...trial, data: { x: tensor([[1], [2]]), y: tensor([1, 2]) } };
  expect((await crossValidate(few, { a: 1, b: '' })).scores).toHaveLength(2);
});

test('prepare changes train and test of every fold, and the rows of the last training', async () => {
  const prepare = vi.fn((train: TrialData, held: TrialData) => ({ train, test: held }));
  await gridSearch({ ...formula(), prepare }, { a: [1], b: ['x'] });
  expect(prepare.mock.calls.map((both) => both.map(({ x }) => (x as Tensor).size))).toEqual([
    [8, 4],
    [8, 4],
    [8, 4],
    [12, 12],
  ]);
});

describe('gridSearch', () => {
  test('tries all combinations, ranks them, and trains the best on all rows', async () => {
    const fits: number[] = [];
    const search = await gridSearch(
      formula((_, count) => fits.push(count)),
      space,
    );
    const { best, trials, trainer } = search;
    expect(trials.map(({ settings }) => `${settings.a}${settings.b}`)).toEqual(['3xx', '3x', '1xx', '1x', '2xx', '2x']);
    const ranks = trials.map(({ rank }) => rank);
    expect([ranks[0], ranks[3], [...ranks].sort()]).toEqual([6, 1, [1, 2, 3, 4, 5, 6]]);
    expect(best.settings).toEqual({ a: 1, b: 'x' });
    expect(best.rank).toBe(1);
    expect(fits.slice(-2)).toEqual([8, 12]);
    expect(trainer).toBeDefined();
    expect(search.table().split('\n')[0]!.trim().split(/\s+/)).toEqual(['rank', 'a', 'b', 'mean', 'spread']);
    expect(search.table().split('\n')).toHaveLength(7);
    expect(search.table().split('\n')[1]!.trim().split(/\s+/).slice(0, 3)).toEqual(['1', '1', 'x']);
    expect(search.parallelCoordinates().map(({ name }) => name)).toEqual(['a', 'b', 'score']);
    expect(search.parallelCoordinates()[0]!.values).toEqual([3, 3, 1, 1, 2, 2]);
  });

  test('takes the greatest score by default, except of the loss', async () => {
    expect((await gridSearch({ ...formula(), score: 'accuracy' }, space)).best.settings.a).toBe(1);
    expect((await gridSearch({ ...formula(), score: 'accuracy', mode: 'min' }, space)).best.settings.a).toBe(3);
    const score = async (trainer: Fittable, held: TrialData): Promise<number> =>
      -(await trainer.evaluate(held as never))['loss']!;
    expect((await gridSearch({ ...formula(), score }, space)).best.settings.a).toBe(1);
  });

  test('gives the same in threads, for any number of them', async () => {
    const alone = await gridSearch(formula(), space, { seed: 7 });
    for (const workers of [1, 4]) {
      const { trials } = await gridSearch(formula(), space, {
        seed: 7,
        pool: poolOf(formula(), workers),
        refit: false,
      });
      expect(trials).toEqual(alone.trials);
    }
    const other = await gridSearch(formula(), space, { seed: 8 });
    expect(other.trials).not.toEqual(alone.trials);
  });

  test('ranks a setting last whose training fails, and ends at any other error', async () => {
    const failing = (error: Error): Trial<Settings> => ({
      ...formula(),
      build: (settings, context) => {
        const made = formula().build(settings, context) as Fittable;
        return settings.a === 1 ? { ...made, fit: () => Promise.reject(error) } : made;
      },
    });
    const { trials, best } = await gridSearch(
      failing(new TrainingError('fit: NaN', { history: [], epoch: 0, batch: 0 })),
      space,
    );
    expect(best.settings).toEqual({ a: 2, b: 'x' });
    expect(trials.filter(({ mean }) => Number.isNaN(mean)).map(({ rank }) => rank)).toEqual([5, 5]);
    await expect(gridSearch(failing(new Error('no')), space)).rejects.toThrow('no');
    await expect(gridSearch(formula(), space, { pool: poolOf(failing(new Error('no'))) })).rejects.toThrow('no');
  });
});

describe('a search without a trained model', () => {
  const error = new TrainingError('fit: NaN', { history: [], epoch: 0, batch: 0 });
  const failing = (fails: (rows: number) => boolean, dispose = (): void => undefined): Trial<Settings> => ({
    ...formula(),
    build: (settings, context) => {
      const made = formula().build(settings, context) as Fittable;
      const fit = (train: TrialData): Promise<unknown> =>
        fails((train.x as Tensor).shape[0]) ? Promise.reject(error) : made.fit(train as never);
      return { ...made, fit, dispose };
    },
  });

  test('keeps the table where the training of all settings failed', async () => {
    const result = await gridSearch(
      failing(() => true),
      space,
    );
    expect([result.trainer, result.refitError]).toEqual([undefined, undefined]);
    expect(result.trials.map(({ mean, rank }) => [mean, rank])).toEqual(Array(6).fill([NaN, 1]));
    expect(result.table()).toContain('NaN');
    const one = { trials: 2, maxEpochs: 3 };
    expect(
      (
        await randomSearch(
          failing(() => true),
          space,
          { trials: 2 },
        )
      ).trainer,
    ).toBeUndefined();
    expect(
      (
        await halvingSearch(
          failing(() => true),
          space,
          one,
        )
      ).trainer,
    ).toBeUndefined();
  });

  test('keeps the table and the error where the training on all rows failed', async () => {
    const dispose = vi.fn();
    const result = await gridSearch(
      failing((count) => count === rows, dispose),
      space,
    );
    expect([result.trainer, result.refitError]).toEqual([undefined, error]);
    expect(dispose).toHaveBeenCalledTimes(19);
    expect(result.best.settings).toEqual({ a: 1, b: 'x' });
  });
});

describe('a search that was stopped', () => {
  test('continues where it was, with the same results, wherever it stopped', async () => {
    const whole = await gridSearch(formula(), space, { seed: 3 });
    for (const stop of [0, 1, 7, 17]) {
      const store = new MemoryStore();
      let left = stop;
      const once = {
        ...formula(() => {
          if (left-- === 0) throw new Error('stopped');
        }),
      };
      await expect(gridSearch(once, space, { seed: 3, store })).rejects.toThrow('stopped');
      let fits = 0;
      const stored: boolean[] = [];
      const again = await gridSearch(
        formula(() => fits++),
        space,
        { seed: 3, store, onScore: (progress) => stored.push(progress.stored) },
      );
      expect(again.trials).toEqual(whole.trials);
      expect(stored.filter(Boolean)).toHaveLength(stop);
      expect(fits).toBe(18 - stop + 1);
    }
  });

  test('is not mixed up with another one', async () => {
    const store = new MemoryStore();
    await gridSearch(formula(), space, { store });
    for (const run of [
      () => gridSearch(formula(), { ...space, a: [1] }, { store }),
      () => gridSearch(formula(), space, { store, seed: 1 }),
      () => gridSearch({ ...formula(), score: 'accuracy' }, space, { store }),
      () => gridSearch({ ...formula(), folds: kFold(rows, { folds: 2 }) }, space, { store }),
      () => gridSearch({ ...formula(), folds: kFold(rows, { folds: 3, seed: 1 }) }, space, { store }),
      () => gridSearch({ ...formula(), fit: { epochs: 2 } }, space, { store }),
      () => gridSearch({ ...formula(), data: { ...formula().data, y: tensor(Array(rows).fill(1)) } }, space, { store }),
      () => randomSearch(formula(), space, { store }),
    ])
      await expect(run()).rejects.toThrow(StateError);
    for (const text of ['{', '{}', 'null']) {
      store.text = text;
      await expect(gridSearch(formula(), space, { store })).rejects.toThrow(FormatError);
    }
  });

  test('ends with the reason of its signal before the next training', async () => {
    const controller = new AbortController();
    const store = new MemoryStore();
    const trained = vi.fn();
    const onScore = ({ number }: { number: number }): void => {
      if (number === 1) controller.abort(new Error('enough'));
    };
    const options = { store, signal: controller.signal, onScore };
    await expect(gridSearch(formula(trained), space, options)).rejects.toThrow('enough');
    expect(trained).toHaveBeenCalledTimes(4);
    await gridSearch(formula(trained), space, { store, refit: false });
    expect(trained).toHaveBeenCalledTimes(18);
  });

  test('keeps NaN', async () => {
    const store = new MemoryStore();
    const trial = { ...formula(), score: () => NaN };
    await gridSearch(trial, { a: [1], b: ['x'] }, { store });
    const fit = vi.fn();
    const { trials } = await gridSearch(
      { ...trial, ...{ build: formula(fit).build } },
      { a: [1], b: ['x'] },
      { store, refit: false },
    );
    expect([trials[0]!.mean, fit.mock.calls.length]).toEqual([NaN, 0]);
  });
});
