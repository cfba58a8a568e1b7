import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { accuracyOf, averageProbabilities, countVotes, ensemble } from './ensemble.ts';

const { printed } = testSurroundings('ensemble');
const log = Math.log;

/** Three networks: two are not sure of class 0, and one is sure of class 1. */
const logits = [tensor([[log(0.6), log(0.4)]]), tensor([[log(0.6), log(0.4)]]), tensor([[log(0.1), log(0.9)]])];

describe('cnn ensemble', () => {
  test('averages probabilities, and counts votes', () => {
    const averaged = [...averageProbabilities(logits).data];
    expect(averaged[0]).toBeCloseTo(1.3 / 3, 6);
    expect(averaged[1]).toBeCloseTo(1.7 / 3, 6);
    expect(countVotes(logits).toArray()).toEqual([[2, 1]]);
  });

  test('counts the first of equal scores', () => {
    const scores = tensor([
      [1, 1, 0],
      [0, 2, 2],
      [0, 0, 1],
    ]);
    expect(accuracyOf(scores, tensor([0, 1, 1], [3], 'int32'))).toBe(2 / 3);
  });

  test('trains five networks from different weights, and measures what they say together', async () => {
    const report = (await runOnce(ensemble, { limit: 20, epochs: 1 })) as Summary;
    expect(new Set(report.tasks.map(({ epochs }) => epochs[0]!['loss'])).size).toBe(5);
    expect(report.tasks.map(({ seed }) => seed)).toEqual([1, 2, 3, 4, 5]);
    const alone = report.tasks.map(({ metrics }) => metrics['testAccuracy']!);
    expect(Object.keys(report.metrics)[0]).toBe('averagedTestAccuracy');
    expect(report.metrics['bestSingleTestAccuracy']).toBe(Math.max(...alone));
    expect(report.metrics['meanSingleTestAccuracy']).toBeCloseTo(alone.reduce((a, b) => a + b) / 5, 12);
    expect(printed.some((line) => /^\njoined +test accuracy\naveraged probabilities +\d/.test(line))).toBe(true);
  });
});
