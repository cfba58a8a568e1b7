import { describe, expect, test, vi } from 'vitest';
import { formula, MemoryStore, space } from '../../testing/formula.ts';
import { gridSearch, halvingSearch, logUniformFloat, randomSearch, uniformFloat, uniformInteger } from '../index.ts';

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
