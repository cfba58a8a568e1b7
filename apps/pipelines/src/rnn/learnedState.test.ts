import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { learnedState, tank } from './learnedState.ts';
import { syllableNames } from './syllables.ts';

const { folder } = testSurroundings('learned-state');

describe('rnn learned-state', () => {
  test('a learned state knows the level of the tank at the first step', async () => {
    const figures: Figure[] = [];
    const { metrics } = await runOnce(learnedState, { limit: 200, epochs: 25 }, figures);
    expect(metrics['firstStepError']).toBeLessThan(metrics['zerosFirstStepError']! / 2);
    expect(figures.map(({ title }) => title)).toEqual(['training', 'error at each step']);
    const series = figures[1]?.kind === 'lines' ? figures[1].series : [];
    expect(series.map(({ name, points }) => [name, points.length])).toEqual(
      ['simple RNN', 'GRU'].flatMap((name) => ['zeros', 'learned'].map((start) => [`${name}, ${start}`, 20])),
    );
  });

  test('reads names, and measures the loss of each letter', async () => {
    writeFileSync(join(folder, 'names.txt'), `${syllableNames(200, 2).join('\n')}\n`);
    const { metrics } = await runOnce(learnedState, { dataDir: folder, epochs: 2 });
    expect(Object.keys(metrics)[0]).toBe('testPerplexity');
    expect(Math.abs(metrics['firstStepError']! - Math.log(10))).toBeLessThan(0.6); // ten consonants
  });

  test('a tank starts full and loses a tenth at each step', () => {
    const { x, y } = tank(3, 1);
    for (let i = 0; i < y.size; i++)
      expect(y.data[i]! - 0.5 * x.data[i]!).toBeCloseTo(0.9 * (i % 20 === 0 ? 2 : y.data[i - 1]!), 5);
  });
});
