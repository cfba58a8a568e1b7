import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Figure } from '@chainrule/visualize';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { testSurroundings } from '../../testing/surroundings.ts';
import { analogySentences, analogyQuestions, plottedWords } from './analogyCorpus.ts';
import { word2vecTask } from './word2vec.ts';

const { folder, printed } = testSurroundings('word2vec');

describe('the analogy corpus', () => {
  test('has sentences with all words of its analogies, the same for the same seed', () => {
    const sentences = analogySentences({ count: 2000, seed: 5 });
    expect(analogySentences({ count: 2000, seed: 5 })).toEqual(sentences);
    const words = new Set(sentences.flat());
    expect(plottedWords().filter((word) => !words.has(word))).toEqual([]);
    expect([...words].filter((word) => /[{}]|undefined/.test(word))).toEqual([]);
    expect(analogyQuestions().map(({ questions }) => questions.length)).toEqual([56, 56]);
  });
});

describe('the word2vec task', () => {
  test('solves most analogies of its corpus, and draws its words', async () => {
    const figures: Figure[] = [];
    const report = (await runOnce(word2vecTask, {}, figures)) as Summary;
    expect(report.tasks.map(({ task }) => task)).toEqual(['nlp word2vec skip-gram', 'nlp word2vec CBOW']);
    expect(report.metrics['analogyAccuracy']).toBeGreaterThan(0.7);
    expect(report.tasks[0]!.epochs.map(({ epoch }) => epoch)).toEqual([0, 1, 2]);
    expect(figures.map((figure) => [figure.kind, figure.kind === 'points' && figure.points.length])).toEqual([
      ['points', 32],
      ['points', 32],
    ]);
    expect(printed.some((line) => /^ +king {2}\w+ 0\.\d\d/m.test(line))).toBe(true);
    expect((await runOnce(word2vecTask, { limit: 500, epochs: 1 })).metrics).toEqual(
      (await runOnce(word2vecTask, { limit: 500, epochs: 1 })).metrics,
    );
  });

  test('reads a corpus and human judgments, and saves the vectors', async () => {
    writeFileSync(
      join(folder, 'english_clean.txt'),
      analogySentences({ count: 800, seed: 1 })
        .map((words) => words.join(' '))
        .join('\n'),
    );
    await expect(runOnce(word2vecTask, { dataDir: folder })).rejects.toThrow(/expected wordsim353.tsv/);
    writeFileSync(
      join(folder, 'wordsim353.tsv'),
      '# a\tb\tscore\nking\tqueen\t9\nking\tparis\t1\nrome\tparis\t7\nrome\tunknown\t7\n',
    );
    writeFileSync(join(folder, 'simlex999.txt'), 'king,queen,5\nking,prince,6\nman,paris,1\n');
    writeFileSync(join(folder, 'questions-words.txt'), ': family\nking queen man woman\nking queen uncle aunt\n');
    const report = await runOnce(word2vecTask, { dataDir: folder, epochs: 1 });
    expect(Object.keys(report.metrics)).toEqual([
      'wordSimSpearman',
      'cbow wordSimSpearman',
      'simLexSpearman',
      'analogyAccuracy',
    ]);
    expect(printed).toContainEqual(expect.stringMatching(/^wordSim: Spearman -?\d\.\d{3}, of 3 of 4 pairs$/));
    expect(printed).toContainEqual(expect.stringMatching(/^analogies, family: [01] of 1 right, of 2 in all$/));
    const again = await runOnce(word2vecTask, { dataDir: folder, epochs: 1 });
    expect([again.metrics, readdirSync(join(folder, 'cache', 'vectors')).length]).toEqual([report.metrics, 2]);
  });
});
