import { describe, expect, test } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { testOptions } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { oneToMany } from './oneToMany.ts';
import { imageProblem, waveProblem } from './oneToManyProblems.ts';

const { printed } = testSurroundings('one-to-many');

describe('rnn one-to-many', () => {
  test('writes waves with four networks, and draws two of them', async () => {
    const figures: Figure[] = [];
    const report = (await runOnce(oneToMany, { limit: 64, epochs: 2 }, figures)) as Summary;
    expect(report.tasks.map(({ task }) => task.replace('rnn one-to-many ', ''))).toEqual([
      'dense network',
      'simple RNN',
      'GRU',
      'LSTM',
    ]);
    expect(report.metrics['guessError']).toBeCloseTo(0.7071, 4);
    expect(figures.map(({ title }) => title)).toEqual(['training', 'wave of 1.8 turns', 'wave of 4.2 turns']);
    expect(printed.at(-1)).toBe('Who always answers 0 has an error of 0.7071.');
  });

  test('asks for waves of 1 to 5 turns', () => {
    const { x, y } = waveProblem({ options: testOptions }).test;
    expect([x.shape, y.shape]).toEqual([
      [101, 1],
      [101, 40, 1],
    ]);
    expect([x.data[0], x.data[100]]).toEqual([-1, 1]);
    expect(y.data[10]).toBeCloseTo(Math.sin((2 * Math.PI * 10) / 40), 6);
    expect(y.data[100 * 40 + 7]).toBeCloseTo(Math.sin((2 * Math.PI * 7) / 8), 5);
  });

  test('compares images with the mean of their class', async () => {
    const { train, guess, figures } = await imageProblem({
      dataset: 'digits',
      options: { ...testOptions, limit: 100 },
    });
    expect([train.x.shape, train.y.shape]).toEqual([
      [100, 10],
      [100, 28, 28],
    ]);
    expect(guess.error).toBeGreaterThan(0.05);
    expect(guess.error).toBeLessThan(0.4);
    expect(figures({}).map((figure) => figure.kind === 'images' && figure.images.length)).toEqual([10]);
  });
});
