import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { translate } from './translate.ts';

beforeAll(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterAll(() => void vi.restoreAllMocks());

test('the translation learns the grammar with attention, less of it without, and shows the alignment', async () => {
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
});
