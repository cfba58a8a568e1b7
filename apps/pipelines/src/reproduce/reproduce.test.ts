import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { testOptions } from '../../testing/runOnce.ts';
import { writeMnist } from '../../testing/writeMnist.ts';
import { type OpenBackend, openBackend } from '../openBackend.ts';
import type { Options } from '../task.ts';
import { everyNth } from './everyNth.ts';
import { accuracy, type Experiment } from './experiment.ts';
import { experiments } from './experiments.ts';
import { choose, reproduce } from './reproduce.ts';
import { tensor } from '@chainrule/tensor';

let opened: OpenBackend;
let folder: string;
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  folder = mkdtempSync(join(tmpdir(), 'chainrule-reproduce-'));
  writeMnist(folder, 480, 40);
  opened = await openBackend(testOptions);
});
afterAll(() => {
  vi.restoreAllMocks();
  opened.close();
  rmSync(folder, { recursive: true });
});

const run = (chosen: readonly Experiment[], options: Partial<Options>, seeds = 1, done = vi.fn()) =>
  reproduce(
    chosen,
    { options: { ...testOptions, ...options }, seeds, backend: opened.backend, on: 'one thread' },
    done,
  );

/** An experiment with one of its rows. */
const only = (name: string, row: number): Experiment => {
  const found = experiments.find((one) => one.name === name)!;
  return { ...found, rows: [found.rows.at(row)!] };
};

describe('reproduce', () => {
  test('trains each model with seeds in turn, and hands over each section', async () => {
    const seeds: number[] = [];
    const rows = ['a', 'b'].map((name) => ({
      name,
      measure: accuracy,
      stated: 0.5,
      run: ({ options: { seed } }: { readonly options: Options }) => (seeds.push(seed), Promise.resolve(seed / 10)),
    }));
    const done = vi.fn();
    const results = await run([{ name: 'small', about: 'Two.', rows }], { seed: 4 }, 3, done);
    expect(seeds).toEqual([4, 5, 6, 4, 5, 6]);
    expect(results.map(({ row, figures }) => [row, figures])).toEqual([
      ['a', [0.4, 0.5, 0.6]],
      ['b', [0.4, 0.5, 0.6]],
    ]);
    expect(done.mock.calls.map(([name]) => name as string)).toEqual(['small']);
    expect(done.mock.calls[0]![1]).toContain('| a | test accuracy | 50.0% | 50.0% (40.0% to 60.0%) | yes |');
  });

  test('writes the command with its options, and leaves out experiments without chosen figures', async () => {
    const row = { measure: accuracy, run: () => Promise.resolve(1) };
    const all: Experiment[] = [
      {
        name: 'first',
        about: '',
        rows: [
          { ...row, name: 'one net' },
          { ...row, name: 'two nets' },
        ],
      },
      { name: 'second', about: '', rows: [{ ...row, name: 'another' }] },
    ];
    const chosen = choose(all, [], 'two');
    expect(chosen.map(({ name, rows }) => [name, rows.map((one) => one.name)])).toEqual([['first', ['two nets']]]);
    expect(choose(all, ['second']).map(({ name }) => name)).toEqual(['second']);
    const done = vi.fn();
    const options = { ...testOptions, limit: 5, epochs: 1 };
    await reproduce(chosen, { options, seeds: 1, backend: opened.backend, on: 'one thread', only: 'two' }, done);
    expect(done.mock.calls[0]![1]).toContain(
      '`npm run reproduce -- first --data-dir DIR --limit 5 --epochs 1 --only "two" --seeds 1`',
    );
    expect(() => choose(all, ['third'])).toThrow('reproduce: NAME must be first, second, got "third"');
    expect(() => choose(all, [], 'zzz')).toThrow('reproduce: `--only` must be part of a figure\'s name, got "zzz"');
  });

  test.each([
    ['mnist-10pct', 0],
    ['mnist-10pct', -1],
    ['mnist', 1],
    ['mnist', 2],
  ] as const)('%s, row %i, trains on files of drawn digits, the same for the same seed', async (name, row) => {
    const options = { dataDir: folder, epochs: 1 };
    const [a, b] = [await run([only(name, row)], options), await run([only(name, row)], options)];
    expect(a[0]!.figures).toEqual(b[0]!.figures);
    expect(a[0]!.figures[0]).toBeGreaterThan(0);
    expect(a[0]!.figures[0]).toBeLessThan(1);
  });
});

test('everyNth chooses samples by the rest of their index', () => {
  const samples = { x: tensor([[0], [10], [20], [30], [40]]), y: tensor([0, 1, 2, 3, 4]) };
  expect(everyNth(samples, 2, (rest) => rest === 0).y.toArray()).toEqual([0, 2, 4]);
  expect(everyNth(samples, 3, (rest) => rest !== 0).x.toArray()).toEqual([[10], [20], [40]]);
});
