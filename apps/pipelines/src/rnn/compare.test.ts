import { describe, expect, test } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { compare, sums } from './compare.ts';

const { printed } = testSurroundings('compare');

describe('rnn compare', () => {
  test('trains five layers on the same sequences', async () => {
    const figures: Figure[] = [];
    const report = (await runOnce(compare, { limit: 64, epochs: 2 }, figures)) as Summary;
    expect(report.tasks.map(({ task, parameters }) => [task.replace('rnn compare ', ''), parameters])).toEqual([
      ['tanh RNN', 32 * (2 + 32 + 1) + 33],
      ['IRNN', 32 * (2 + 32 + 1) + 33],
      ['np-RNN', 32 * (2 + 32 + 1) + 33],
      ['GRU', 3 * 32 * (2 + 32 + 2) + 33],
      ['LSTM', 4 * 32 * (2 + 32 + 1) + 33],
    ]);
    expect(Object.keys(report.metrics)[0]).toBe('testError');
    expect(figures).toHaveLength(1);
    expect(printed.at(-1)).toContain('loss of 1/6');
  });

  test('adds the two marked numbers, one of each half', () => {
    const { x, y } = sums(200, 9, 1);
    expect([x.shape, y.shape]).toEqual([
      [200, 9, 2],
      [200, 1],
    ]);
    const rows = x.toArray() as number[][][];
    rows.forEach((steps, i) => {
      const marked = steps.flatMap(([, mark], step) => (mark === 1 ? [step] : []));
      expect([marked.length, marked[0]! < 4, marked[1]! >= 4]).toEqual([2, true, true]);
      expect(y.data[i]).toBeCloseTo(
        marked.reduce((sum, step) => sum + steps[step]![0]!, 0),
        6,
      );
    });
    const spread = [...y.data].reduce((sum, value) => sum + (value - 1) ** 2, 0) / 200;
    expect(spread).toBeCloseTo(1 / 6, 1);
  });
});
