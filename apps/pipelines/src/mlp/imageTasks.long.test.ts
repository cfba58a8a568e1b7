import type { Figure } from '@chainrule/visualize';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { runOnce } from '../../testing/runOnce.ts';
import type { Summary } from '../report.ts';
import { initialization } from './initialization.ts';
import { oneVsRest } from './oneVsRest.ts';
import { overfitting } from './overfitting.ts';

const printed: string[] = [];
beforeAll(() => void vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line)));
afterAll(() => void vi.restoreAllMocks());

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
