import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { filmSentences, filmReviews } from './filmReviews.ts';
import { sentiment } from './sentiment.ts';

const { folder, printed } = testSurroundings('sentiment');

describe('reviews', () => {
  test('alternate between positive and negative, the same for the same seed', () => {
    const { texts, labels } = filmReviews({ count: 100, seed: 2 });
    expect([[...labels.data.subarray(0, 4)], texts.length, filmReviews({ count: 100, seed: 2 }).texts]).toEqual([
      [0, 1, 0, 1],
      100,
      texts,
    ]);
    expect([...texts, ...filmSentences({ count: 100, seed: 2 })].filter((text) => /[{}]|undefined/.test(text))).toEqual(
      [],
    );
  });
});

describe('the sentiment task', () => {
  test('reads reviews, and trains vectors if the corpus exists', async () => {
    const { texts, labels } = filmReviews({ count: 80, seed: 1 });
    ['neg', 'pos'].forEach((name, label) =>
      writeFileSync(join(folder, `rt-polarity.${name}`), texts.filter((_, i) => labels.data[i] === label).join('\n')),
    );
    const without = (await runOnce(sentiment, { dataDir: folder, epochs: 1 })) as Summary;
    expect([without.dataset, without.tasks.length]).toEqual(['rt-polarity', 3]);
    expect(
      printed.some((line) => line.startsWith('without vectors of word2vec: nlp: expected english_clean.txt')),
    ).toBe(true);
    writeFileSync(join(folder, 'english_clean.txt'), filmSentences({ count: 300, seed: 1 }).join('\n'));
    const report = (await runOnce(sentiment, { dataDir: folder, epochs: 1 })) as Summary;
    expect(report.tasks).toHaveLength(7);
    expect(printed.filter((line) => line.startsWith('vectors are kept in '))).toHaveLength(1);
    expect(report.tasks[0]!.metrics).toEqual(without.tasks[0]!.metrics);
  });
});
