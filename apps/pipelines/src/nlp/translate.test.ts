import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Figure } from '../figures/figure.ts';
import type { Summary } from '../report.ts';
import { runOnce } from '../testRun.ts';
import { translate } from './translate.ts';

let folder: string;
beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined);
  folder = await mkdtemp(join(tmpdir(), 'chainrule-translate-'));
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

describe('the translation', () => {
  test(
    'learns the grammar with attention, less of it without, and shows where it looks',
    { timeout: 60_000 },
    async () => {
      const figures: Figure[] = [];
      const report = (await runOnce(translate, { limit: 1000, epochs: 6 }, figures)) as Summary;
      const { testBleu, testBleuWithoutAttention, testPerplexity, testPerplexityWithoutAttention } = report.metrics;
      expect(Object.keys(report.metrics).slice(0, 2)).toEqual(['testBleu', 'testBleuWithoutAttention']);
      expect(testBleu).toBeGreaterThan(0.5);
      expect(testBleu).toBeGreaterThan(testBleuWithoutAttention! + 0.2);
      expect(testPerplexity).toBeLessThan(testPerplexityWithoutAttention!);
      expect(report.tasks.map(({ task, epochs }) => [task, epochs.length])).toEqual([
        ['nlp translate with attention', 6],
        ['nlp translate without attention', 6],
      ]);
      expect(figures.map(({ kind }) => kind)).toEqual(['lines', 'cells', 'cells', 'cells']);
      const [, alignment] = figures;
      if (alignment?.kind !== 'cells') throw new Error('expected cells');
      alignment.values.forEach((row) => expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 4));
      expect([alignment.values.length, alignment.values[0]!.length]).toEqual([
        alignment.rows.length,
        alignment.columns.length,
      ]);
    },
  );

  test('reads pairs from a file, the same for a seed', { timeout: 60_000 }, async () => {
    const rows = Array.from(
      { length: 60 },
      (_, i) => `${i},you are ${i % 7} .,${['train', 'val', 'test'][i % 3]},tu es ${i % 7} .`,
    );
    await writeFile(join(folder, 'simple_eng_fra.csv'), [',source_language,split,target_language', ...rows].join('\n'));
    const options = { dataDir: folder, dataset: 'simple-eng-fra', epochs: 1, limit: 10, seed: 4 };
    const [a, b] = [await runOnce(translate, options), await runOnce(translate, options)];
    expect(a.metrics).toEqual(b.metrics);
    expect([a.dataset, a.seed]).toEqual(['simple-eng-fra', 4]);
  });
});
