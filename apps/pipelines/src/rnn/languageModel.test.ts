import { describe, expect, test } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { languageModel } from './languageModel.ts';

const { printed } = testSurroundings('language-model');

describe('rnn language-model', () => {
  test('learns characters and words, beside n-grams, and writes at four temperatures', async () => {
    const figures: Figure[] = [];
    const report = (await runOnce(languageModel, { limit: 500, epochs: 6 }, figures)) as Summary;
    const { testPerplexity, testBitsPerCharacter, ngramTestBitsPerCharacter, wordTestPerplexity } = report.metrics;
    expect(testPerplexity).toBeLessThan(15); // of 29 characters
    expect(testBitsPerCharacter).toBeCloseTo(Math.log2(testPerplexity!), 2);
    expect(ngramTestBitsPerCharacter).toBeLessThan(1.5);
    expect(wordTestPerplexity).toBeLessThan(150);
    expect(figures.map(({ title }) => title)).toEqual(['training of characters', 'training of words']);
    const samples = printed.filter((line) => / at temperature /.test(line));
    expect(samples.map((line) => line.split(':')[0])).toEqual(
      ['characters', 'words'].flatMap((level) => [0.3, 0.7, 1, 1.5].map((heat) => `${level} at temperature ${heat}`)),
    );
    expect(new Set(samples.map((line) => line.split('\n').slice(1).join())).size).toBe(8);
    const table = printed.find((line) => line.startsWith('model '))!.split('\n');
    expect(table.filter((line) => line !== '')).toHaveLength(1 + 6 + 1 + 3 + 1);
  });
});
