import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { longDistance, signs } from './longDistance.ts';

// Several models are compiled and trained.
vi.setConfig({ testTimeout: 60_000 });

const printed: string[] = [];
beforeEach(() => {
  printed.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});

describe('rnn long-distance', () => {
  test('compares four models over three lengths, with a table and one figure per length, the same for the same seed', async () => {
    const figures: Figure[] = [];
    const report = (await runOnce(longDistance, { limit: 60, epochs: 2 }, figures)) as Summary;
    expect(report.tasks.map(({ task }) => task.replace('rnn long-distance ', ''))).toEqual(
      [10, 20, 30].flatMap((steps) =>
        ['simple RNN', 'GRU', 'LSTM', 'LSTM, max pooling'].map((model) => `T = ${steps}, ${model}`),
      ),
    );
    expect(report.metrics).toEqual({
      testAccuracy: report.tasks[11]!.metrics['testAccuracy'],
      simpleRnnTestAccuracyAt20: report.tasks[4]!.metrics['testAccuracy'],
    });
    expect(figures.map(({ title }) => title)).toEqual([10, 20, 30].map((steps) => `training accuracy, T = ${steps}`));
    expect(figures[0]).toMatchObject({
      series: [
        {
          points: [
            [1, expect.any(Number)],
            [2, expect.any(Number)],
          ],
        },
        {},
        {},
        { name: 'LSTM, max pooling' },
      ],
    });
    const table = printed
      .find((line) => line.includes('a guess'))!
      .trim()
      .split('\n');
    expect(table).toHaveLength(6);
    const again = (await runOnce(longDistance, { limit: 60, epochs: 2 })) as Summary;
    expect(again.tasks.map(({ metrics }) => metrics)).toEqual(report.tasks.map(({ metrics }) => metrics));
    expect(table[4]).toMatch(/^LSTM, max pooling( +\d+\.\d%){3}$/);
  });

  test('asks whether an odd number of the first three signs is positive', () => {
    const { x, y } = signs(500, 5, 1);
    const odd = Array.from(
      { length: 500 },
      (_, i) => [...x.data.slice(5 * i, 5 * i + 3)].reduce((product, v) => product * Math.sign(v), 1) > 0,
    );
    expect([...y.data]).toEqual(odd.map(Number));
    expect(signs(500, 5, 2).x.toArray()).not.toEqual(x.toArray());
    expect(odd.filter(Boolean).length / 500).toBeCloseTo(0.5, 1);
  });
});
