import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingDataError } from '@chainrule/errors';
import type { Figure } from '@chainrule/visualize';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runOnce, testOptions } from '../../testing/runOnce.ts';
import type { Summary } from '../report.ts';
import { capacity, peaks } from './capacity.ts';
import { regression } from './regression.ts';
import { loadCars, loadTransistors } from './tables.ts';

// Several models are compiled and trained.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  folder = mkdtempSync(join(tmpdir(), 'chainrule-mlp-'));
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test('mlp capacity: more units fit the peaks better', async () => {
  const figures: Figure[] = [];
  const report = (await runOnce(capacity, { limit: 64, epochs: 60 }, figures)) as Summary;
  expect(report.tasks.map(({ parameters }) => parameters)).toEqual([4, 7, 16, 31, 61, 151, 301]);
  expect(report.metrics['testError']).toBeLessThan(0.7 * report.metrics['oneUnitTestError']!);
  expect(figures.map(({ title }) => title)).toEqual(['approximations by hidden units', 'error and hidden units']);
  // The first figure begins with the function itself.
  expect(figures[0]).toMatchObject({ series: [{ points: { 200: [0, peaks(0)] } }, {}, {}, {}, {}] });
});

describe('mlp regression', () => {
  test('finds that transistors double, and what cars need', async () => {
    const figures: Figure[] = [];
    const report = (await runOnce(regression, { epochs: 60 }, figures)) as Summary;
    // Generated to double every 2 years, with noise.
    expect(report.metrics['yearsToDouble']).toBeGreaterThan(1.7);
    expect(report.metrics['yearsToDouble']).toBeLessThan(2.6);
    expect(report.metrics['carsNetTestRmse']).toBeLessThan(report.metrics['carsLinearTestRmse']!);
    expect(report.tasks.map(({ parameters }) => parameters)).toEqual([2, 10, 9 * 64 + 64 + 64 * 64 + 64 + 65]);
    expect(figures.map(({ title }) => title)).toEqual([
      'transistors by year',
      'residuals of transistors',
      'cars',
      'residuals of cars',
    ]);
  });

  test('reads the files, without cars of unknown horsepower', async () => {
    writeFileSync(join(folder, 'moore.csv'), '1971,2048\n1973,4096\n');
    writeFileSync(
      join(folder, 'auto-mpg.data'),
      '18.0   8   307.0      130.0      3504.      12.0   70  1\t"chevrolet chevelle malibu"\n25.0   4   98.00      ?          2046.      19.0   71  1\t"ford pinto"\n24.0   4   113.0      95.00      2372.      15.0   70  3\t"toyota corona mark ii"\n' +
        '24.0   4   113.0      ?          2372.      15.0   70  3\t"toyota corona mark ii"\n'.repeat(395),
    );
    const source = { dataset: 'moore-auto-mpg', options: { ...testOptions, dataDir: folder } };
    const transistors = await loadTransistors(source);
    expect([transistors.x.toArray(), transistors.y.toArray()]).toEqual([[[1971], [1973]], [[11], [12]]]); // prettier-ignore
    const cars = await loadCars(source);
    expect(cars.x.toArray()).toEqual([
      [8, 307, 130, 3504, 12, 70, 1, 0, 0],
      [4, 113, 95, 2372, 15, 70, 0, 0, 1],
    ]);
    expect(cars.y.toArray()).toEqual([[18], [24]]);
    const alone = { ...source, dataset: 'auto-mpg' };
    expect((await loadCars(alone)).x.toArray()).toEqual(cars.x.toArray());
    expect((await loadTransistors(alone)).x.shape).toEqual([160, 1]);
  });

  test('names the file that is missing', async () => {
    await expect(runOnce(regression, { dataset: 'moore-auto-mpg', dataDir: join(folder, 'none') })).rejects.toThrow(
      MissingDataError,
    );
  });
});
