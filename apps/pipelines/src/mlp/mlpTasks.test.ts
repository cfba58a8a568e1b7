import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingDataError } from '@chainrule/errors';
import type { Figure } from '@chainrule/visualize';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { runOnce, testOptions } from '../../testing/runOnce.ts';
import type { Summary } from '../report.ts';
import { capacity, peaks } from './capacity.ts';
import { initialization } from './initialization.ts';
import { oneVsRest } from './oneVsRest.ts';
import { overfitting } from './overfitting.ts';
import { regression } from './regression.ts';
import { loadCars, loadTransistors } from './tables.ts';

// Several models are compiled and trained.
vi.setConfig({ testTimeout: 60_000 });

const printed: string[] = [];
let folder: string;
beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  folder = mkdtempSync(join(tmpdir(), 'chainrule-mlp-'));
});
beforeEach(() => void (printed.length = 0));
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

test('mlp initialization: the signal fades from small weights, and such a net does not learn', async () => {
  const figures: Figure[] = [];
  const report = (await runOnce(initialization, { limit: 200, epochs: 2 }, figures)) as Summary;
  const loss = (name: string): number => report.tasks.find(({ task }) => task.endsWith(name))!.epochs.at(-1)!['loss']!;
  // Outputs that are all about 0 give the loss of a guess, ln 10.
  expect(loss('relu normal 0.001')).toBeCloseTo(Math.log(10), 2);
  expect(loss('relu He')).toBeLessThan(loss('relu normal 0.001'));
  const spread = figures[1] as unknown as { panels: { series: { name: string; points: [number, number][] }[] }[] };
  const last = (name: string): number =>
    spread.panels[0]!.series.find((series) => series.name === name)!.points.at(-1)![1];
  expect(spread.panels[0]!.series).toHaveLength(3);
  expect(last('normal 0.001')).toBeLessThan(1e-6);
  expect(last('He')).toBeGreaterThan(last('Glorot'));
});

test('mlp overfitting: compares five trainings, and draws learning curves', async () => {
  const figures: Figure[] = [];
  const report = (await runOnce(overfitting, { limit: 160, epochs: 2 }, figures)) as Summary;
  expect(report.tasks.map(({ task }) => task.replace('mlp overfitting ', ''))).toEqual([
    'plain',
    'dropout',
    'L2',
    'batch normalization',
    'early stopping',
  ]);
  expect(report.metrics['testAccuracy']).toBe(report.tasks[1]!.metrics['testAccuracy']);
  expect(figures.map(({ title }) => title)).toEqual(['training', 'learning curves']);
  const counts = (figures[1] as unknown as { series: { points: [number, number][] }[] }).series[0]!.points;
  expect(counts.map(([count]) => count)).toEqual([16, 40, 80, 160]);
  expect(printed).toContain(
    'mlp overfitting, early stopping: 32 training samples, 2000 test samples, on WebAssembly with one thread',
  );
});

test('mlp one-vs-rest: joins ten detectors', async () => {
  const figures: Figure[] = [];
  const report = (await runOnce(oneVsRest, { limit: 300, epochs: 3 }, figures)) as Summary;
  expect(report.tasks.map(({ parameters }) => parameters)).toEqual([
    ...Array.from({ length: 10 }, () => 784 * 16 + 16 + 17),
    127_210,
  ]);
  // A guess is right for a tenth of the images; the largest of ten logits does much better.
  expect(report.metrics['testAccuracy']).toBeGreaterThan(0.3);
  expect(report.metrics['leastDetectorAccuracy']).toBeGreaterThan(0.8);
  const { values } = figures[0] as unknown as { values: number[][] };
  const right = values.reduce((sum, row, k) => sum + row[k]!, 0);
  expect(report.metrics['testAccuracy']).toBeCloseTo(right / 2000, 12);
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
      '18.0   8   307.0      130.0      3504.      12.0   70  1\t"chevrolet chevelle malibu"\n25.0   4   98.00      ?          2046.      19.0   71  1\t"ford pinto"\n24.0   4   113.0      95.00      2372.      15.0   70  3\t"toyota corona mark ii"\n',
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
  });

  test('names the file that is missing', async () => {
    await expect(runOnce(regression, { dataset: 'moore-auto-mpg', dataDir: join(folder, 'none') })).rejects.toThrow(
      MissingDataError,
    );
  });
});
