import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import { runOnce } from '../../testing/runOnce.ts';
import { perceptron } from './perceptron.ts';

let folder: string;
beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  folder = mkdtempSync(join(tmpdir(), 'chainrule-perceptron-'));
});
afterAll(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

describe('neuron perceptron', () => {
  test('separates the separable samples, but neither the others nor XOR', async () => {
    const figures: Figure[] = [];
    const report = await runOnce(perceptron, {}, figures);
    expect(report.metrics).toMatchObject({
      testAccuracy: 1,
      xorAccuracyOfOneNeuron: 0.5,
      xorAccuracyOfThreeNeurons: 1,
    });
    expect(report.metrics['overlappingTestAccuracy']).toBeLessThan(1);
    expect(report.epochs.at(-1)).toEqual({ epoch: report.epochs.length - 1, mistakes: 0 });
    expect(figures.map(({ title }) => title)).toEqual([
      'outputs of the gates',
      'mistakes of the perceptron rule on gates',
      'decision boundaries of the perceptron rule',
      'mistakes of the perceptron rule',
    ]);
    expect(figures[0]).toMatchObject({ panels: [{}, {}, {}, {}, { title: 'XOR, three' }] });
  });

  test('compares two pairs of irises', async () => {
    const rows = ['setosa', 'versicolor', 'virginica'].flatMap((species, k) =>
      Array.from({ length: 50 }, (_, i) => `${5 + (i % 9) / 10},9,${k + (i % 9) / 20},9,Iris-${species}`),
    );
    writeFileSync(join(folder, 'iris.csv'), rows.join('\n'));
    const figures: Figure[] = [];
    const report = await runOnce(perceptron, { dataDir: folder, epochs: 500 }, figures);
    expect(report.metrics).toMatchObject({ testAccuracy: 1, overlappingTestAccuracy: 1 });
    expect(figures[2]).toMatchObject({
      panels: [{ title: 'setosa and versicolor' }, { title: 'versicolor and virginica' }],
    });
  });
});
