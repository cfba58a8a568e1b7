import { describe, expect, test } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { fasttextTask } from './fasttext.ts';
import { gloveTask } from './glove.ts';

const { printed } = testSurroundings('vectors');

describe('nlp glove', () => {
  test('finds neighbors of the same kind, and shows its loss and its words', async () => {
    const figures: Figure[] = [];
    const report = await runOnce(gloveTask, { limit: 2000, epochs: 12 }, figures);
    expect(report.metrics['analogyAccuracy']).toBeGreaterThan(0.15); // a guess has 1 of more than 100 words
    expect(figures.map(({ title }) => title)).toEqual(['training', 'words by GloVe']);
    const losses = report.epochs.map(({ loss }) => loss!);
    expect(losses).toHaveLength(12);
    expect(losses.at(-1)!).toBeLessThan(losses[0]! / 2);
    expect(printed.some((line) => /^ +king {2}\w+ \d\.\d\d/m.test(line))).toBe(true);
  });
});

describe('nlp fasttext', () => {
  test('finds misspelled words by their parts', async () => {
    const figures: Figure[] = [];
    const report = await runOnce(fasttextTask, { limit: 3000, epochs: 4 }, figures);
    expect(report.metrics['misspelledAccuracy']).toBeGreaterThan(0.4); // a guess has 1 of more than 100 words
    expect(figures.map(({ title }) => title)).toEqual(['words by fastText']);
    const unseen = printed.find((line) => line.startsWith('words that the corpus does not have'))!;
    expect(unseen).toMatch(/^ +norwegians {2}norwegian \d\.\d\d/m);
  });
});
