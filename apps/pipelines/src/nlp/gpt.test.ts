import { describe, expect, test } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { gptTask } from './gpt.ts';

const { printed } = testSurroundings('gpt');

describe('nlp gpt', () => {
  test('learns the rules of names, attends to earlier characters only, and writes', async () => {
    const figures: Figure[] = [];
    const report = await runOnce(gptTask, { limit: 600, epochs: 4 }, figures);
    expect(report.metrics['testPerplexity']).toBeLessThan(7); // of 16 characters
    expect(report.metrics['minPossiblePerplexity']).toBeLessThan(report.metrics['testPerplexity']!);
    expect(figures.map(({ title }) => title)).toEqual(['training', 'attention']);
    const attention = figures[1]!;
    const panels = attention.kind === 'panels' ? attention.panels : [];
    expect(panels.map(({ title }) => title)).toEqual(
      [1, 2].flatMap((block) => [1, 2, 3, 4].map((head) => `block ${block}, head ${head}`)),
    );
    for (const panel of panels) {
      const rows = panel.kind === 'cells' ? panel.values : [];
      expect(rows.length).toBeGreaterThan(3);
      rows.forEach((row, i) => {
        expect(row.slice(i + 1).every((weight) => weight === 0)).toBe(true);
        expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 4);
      });
    }
    expect(printed.filter((line) => line.startsWith('written at temperature'))).toHaveLength(2);
  });
});
