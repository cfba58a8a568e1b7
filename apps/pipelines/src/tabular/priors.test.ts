import { describe, expect, test } from 'vitest';
import type { CellFigure, Figure } from '@chainrule/visualize';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { priors } from './priors.ts';

const { printed } = testSurroundings('priors');

describe('tabular priors', () => {
  test('trains on balanced rows, and finds fewer ill patients but fewer false alarms after rescaling', async () => {
    const figures: Figure[] = [];
    const { metrics } = await runOnce(priors, { limit: 1200, epochs: 10 }, figures);
    expect(printed[0]).toContain('120 training samples, 360 test samples');
    expect(figures.map(({ title }) => title)).toEqual([
      'training',
      'confusion matrix, as trained',
      'confusion matrix, rescaled',
      'confusion matrix, rescaled, least costs',
      'calibration',
    ]);
    const [before, after] = figures.slice(1, 3).map((figure) => (figure as CellFigure).values);
    const predictedIll = (matrix: CellFigure['values']): number => matrix[0]![1]! + matrix[1]![1]!;
    expect(predictedIll(after!)).toBeLessThan(predictedIll(before!));
    const sum = before!.flat().reduce((a, b) => a + b, 0);
    expect(metrics['asTrainedTestAccuracy']).toBeCloseTo((before![0]![0]! + before![1]![1]!) / sum, 12);
    expect(metrics['asTrainedTestCost']).toBeCloseTo((before![0]![1]! + 5 * before![1]![0]!) / sum, 12);
    expect(metrics['testAccuracy']).toBeGreaterThan(metrics['asTrainedTestAccuracy']!);
    expect(metrics['testBrierScore']).toBeLessThan(metrics['asTrainedTestBrierScore']!);
  });
});
