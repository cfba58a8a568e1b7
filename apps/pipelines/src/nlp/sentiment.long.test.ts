import { expect, test } from 'vitest';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { sentiment } from './sentiment.ts';

const { printed } = testSurroundings('sentiment');

test('the sentiment task learns from word order, which a bag of words lacks', async () => {
  const report = (await runOnce(sentiment, { epochs: 12 })) as Summary;
  const names = [
    'bag of words',
    'convolution',
    'convolution on frozen vectors',
    'convolution on tuned vectors',
    'LSTM',
    'LSTM on frozen vectors',
    'LSTM on tuned vectors',
  ];
  expect(report.tasks.map(({ task }) => task)).toEqual(names.map((name) => `nlp sentiment ${name}`));
  const accuracy = (name: string): number => report.metrics[`${name} testAccuracy`]!;
  expect(accuracy('bag of words')).toBeLessThan(0.7);
  expect(accuracy('convolution on tuned vectors')).toBeGreaterThan(0.9);
  expect(Object.keys(report.metrics).slice(0, 2)).toEqual(['testAccuracy', 'testF1']);
  expect(report.metrics['testAccuracy']).toBeGreaterThan(0.9);
  const [, frozen, tuned] = report.tasks.slice(1);
  expect(frozen!.parameters).toBe(tuned!.parameters);
  expect(printed.filter((line) => line.startsWith('model  '))).toHaveLength(1);
});
