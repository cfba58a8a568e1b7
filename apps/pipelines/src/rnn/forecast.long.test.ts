import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { forecast } from './forecast.ts';

beforeAll(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterAll(() => void vi.restoreAllMocks());

test('the linear model forecasts linear waves best, and recurrent models the others', async () => {
  const figures: Figure[] = [];
  const report = (await runOnce(forecast, { epochs: 240 }, figures)) as Summary;
  const {
    testNoisyChirpWorstRecurrentToLinear: chirp,
    testNoisySineLinearToBestRecurrent: sine,
    testCleanSineLinearToBestRecurrent: clean,
  } = report.metrics;
  expect(chirp).toBeLessThan(0.95);
  expect(clean).toBeLessThan(0.5);
  expect(sine).toBeLessThan(1.5);
  expect(report.tasks.map(({ task }) => task)).toHaveLength(12);
  expect(report.tasks.find(({ task }) => task === 'rnn forecast noisy chirp LSTM')?.parameters).toBe(
    4 * 12 * (1 + 12 + 1) + 13,
  );
  expect(figures.map(({ title }) => title)).toHaveLength(9);
});
