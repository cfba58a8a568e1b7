import { kFold, type WorkerPool, workerPool } from '@chainrule/data-loaders';
import { FormatError, StateError, TrainingError } from '@chainrule/errors';
import { tensor, type Tensor } from '@chainrule/tensor';
import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  crossValidate,
  type Fittable,
  gridSearch,
  halvingSearch,
  logUniformFloat,
  randomSearch,
  type Run,
  type SearchStore,
  serveTrials,
  type Trial,
  type TrialData,
  uniformFloat,
  uniformInteger,
} from '../index.ts';

const rows = 12;
const data: TrialData = {
  x: tensor([...Array(rows).keys()], [rows, 1]),
  y: tensor([...Array(rows).keys()].map((i) => i % 2)),
};

interface Settings {
  readonly a: number;
  readonly b: string;
}

/** A trainer whose loss is a plain function of settings, epochs, seed and test rows. */
function formula(onFit?: (epochs: number | undefined, rowCount: number) => void): Trial<Settings> {
  return {
    build: ({ a, b }, { seed }): Fittable => {
      let trained = 0;
      return {
        fit(train: TrialData, { epochs = 1 } = {}) {
          trained = epochs;
          onFit?.(epochs, (train.x as Tensor).shape[0]!);
          return Promise.resolve();
        },
        evaluate: (test: TrialData) => {
          const first = (test.x as Tensor).data[0]!;
          const loss = a / trained + b.length + first / 100 + (seed % 1000) / 1e6;
          return Promise.resolve({ loss, accuracy: 1 / (1 + loss) });
        },
        dispose: () => undefined,
      };
    },
    data,
    folds: kFold(rows, { folds: 3 }),
  };
}

const space = { a: [3, 1, 2], b: ['xx', 'x'] } as const;

class MemoryStore implements SearchStore {
  text: string | undefined;
  load(): string | undefined {
    return this.text;
  }
  save(text: string): void {
    this.text = text;
  }
}

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
      () => randomSearch(formula(), space, { store }),
    ])
      await expect(run()).rejects.toThrow(StateError);
    for (const text of ['{', '{}', 'null']) {
      store.text = text;
      await expect(gridSearch(formula(), space, { store })).rejects.toThrow(FormatError);
    }
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

describe('randomSearch', () => {
  const wide = { a: logUniformFloat(1e-4, 1), c: uniformFloat(2, 3), n: uniformInteger(1, 3), b: ['x', 'xx'] } as const;
  const draw = async (trials: number, seed: number): Promise<readonly Record<string, unknown>[]> =>
    (await randomSearch(formula(), wide, { trials, seed, refit: false })).trials.map(({ settings }) => settings);

  test('draws inside the ranges, the same for the same seed, and more trials begin with the same', async () => {
    const drawn = await draw(40, 1);
    for (const settings of drawn) {
      const { a, c, n } = settings as Record<string, number>;
      expect(a! >= 1e-4 && a! < 1 && c! >= 2 && c! < 3 && [1, 2, 3].includes(n!)).toBe(true);
    }
    expect(new Set(drawn.map(({ n }) => n)).size).toBe(3);
    // Half of the logarithms are below their middle.
    expect(drawn.filter(({ a }) => (a as number) < 1e-2).length).toBeGreaterThan(10);
    expect(await draw(10, 1)).toEqual(drawn.slice(0, 10));
    expect(await draw(10, 2)).not.toEqual(drawn.slice(0, 10));
  });
});

describe('halvingSearch', () => {
  test('trains all for few epochs and the best for many', async () => {
    const epochs: (number | undefined)[] = [];
    const nine = { a: [9, 8, 7, 6, 5, 4, 3, 2, 1], b: ['x'] } as const;
    const { trials, best } = await halvingSearch(
      formula((given) => epochs.push(given)),
      nine,
      { maxEpochs: 9 },
    );
    expect(trials.map((each) => each.epochs)).toEqual([1, 1, 1, 1, 1, 1, 3, 3, 9]);
    expect(best.settings.a).toBe(1);
    expect(epochs).toEqual([...Array<number>(27).fill(1), ...Array<number>(9).fill(3), ...Array<number>(3).fill(9), 9]);
  });

  test('ends at maxEpochs with several settings, draws with `trials`, and continues after a stop', async () => {
    const store = new MemoryStore();
    const options = { maxEpochs: 2, factor: 2, trials: 8, store };
    const wide = { a: uniformFloat(1, 2), b: ['x'] } as const;
    const first = await halvingSearch(formula(), wide, options);
    expect(first.trials.filter((each) => each.epochs === 2)).toHaveLength(4);
    expect(first.best.epochs).toBe(2);
    const fit = vi.fn();
    const second = await halvingSearch(formula(fit), wide, { ...options, refit: false });
    expect(fit).not.toHaveBeenCalled();
    expect(second.trials).toEqual(first.trials);
  });
});

test('mistakes are named', async () => {
  const trial = formula();
  const { build: _, ...without } = trial;
  await expect(gridSearch(without as never, space)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: gridSearch: \`build\` must be a function, got undefined]`,
  );
  await expect(gridSearch({ ...trial, data: { x: [] } } as never, space)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: gridSearch: \`data\` must be tensors \`{ x, y }\`, got { x: [] }]`,
  );
  await expect(gridSearch({ ...trial, folds: [] }, space)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: gridSearch: \`folds\` must be a list of folds with rows to train and to test with, got []; such as \`kFold(rows)\`]`,
  );
  await expect(gridSearch(trial, { a: [], b: [] })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: gridSearch: \`a\` must be a list of numbers, strings, booleans or null, got []; name functions by strings]`,
  );
  await expect(gridSearch(trial, { a: uniformFloat(0, 1), b: ['x'] })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: gridSearch: \`a\` must be a list of values, got { distribution: "uniformFloat", low: 0, high: 1 }; use \`randomSearch\` for distributions]`,
  );
  await expect(gridSearch(trial, { a: [() => 1] } as never)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: gridSearch: \`a\` must be a list of numbers, strings, booleans or null, got [function (anonymous)]; name functions by strings]`,
  );
  await expect(gridSearch({ ...trial, score: 'auc' }, space)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: crossValidate: \`score\` must be one of ["loss","accuracy"], got "auc"]`,
  );
  await expect(gridSearch(trial, space, { store: {} as never })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: gridSearch: \`store\` must be an object with \`load\` and \`save\`, got {}; such as \`searchFile(path)\` of \`@chainrule/model-selection/node\`]`,
  );
  await expect(halvingSearch(trial, space, { minEpochs: 3, maxEpochs: 2 })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[OptionError: halvingSearch: \`minEpochs\` must be at most \`maxEpochs\`, 2, got 3]`,
  );
  expect(() => logUniformFloat(0, 1)).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: logUniformFloat: \`low\` must be above 0, got 0]`,
  );
  expect(() => uniformFloat(1, 1)).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: uniformFloat: \`high\` must be above \`low\`, 1, got 1]`,
  );
});
