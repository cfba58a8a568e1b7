import { describe, expect, test } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { select } from './select.ts';

const { printed } = testSurroundings('select');

describe('tabular select', () => {
  test('ranks all settings by their mean over the folds, and tests the best on other rows', async () => {
    const figures: Figure[] = [];
    const { metrics, parameters } = await runOnce(
      select,
      { limit: 40, epochs: 1, backend: 'reference', threads: undefined },
      figures,
    );
    expect(Object.keys(metrics)).toEqual([
      'testAccuracy',
      'validationAccuracy',
      'validationSpread',
      'logisticValidationAccuracy',
      'best units',
      'best rate',
      'best penalty',
    ]);
    const output = printed.join('\n');
    expect(output).toContain('40 rows in 5 folds, 180 test rows');
    const table = output.split('\n').slice(output.split('\n').findIndex((line) => line.startsWith('rank')));
    const means = table.slice(1, 13).map((line) => Number(line.trim().split(/ +/)[4]));
    expect(means).toEqual([...means].sort((a, b) => b - a));
    expect(metrics['validationAccuracy']).toBeCloseTo(means[0]!, 3);
    const [figure] = figures;
    const points = figure?.kind === 'lines' ? figure.series[0]!.points : [];
    expect(points).toHaveLength(12);
    points.forEach(([rank, mean]) => expect(mean).toBeCloseTo(means[rank - 1]!, 3));
    const units = metrics['best units']!;
    expect(parameters).toBe(units === 0 ? 6 * 2 + 2 : 7 * units + 2 * units + 2);
  });
});
