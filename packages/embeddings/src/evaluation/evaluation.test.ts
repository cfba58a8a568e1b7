import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { pearson, spearman } from './correlation.ts';
import {
  evaluateAnalogies,
  evaluateSimilarity,
  readAnalogyQuestions,
  readSimilarityPairs,
  WordVectors,
} from '../index.ts';
import { hasRealData, readRealData } from '../../../../scripts/testing/realData.ts';

const vectors = new WordVectors(
  ['man', 'woman', 'king', 'queen', 'boy'],
  tensor([
    [1, 0.1, 0],
    [0.1, 1, 0],
    [2, 0.9, 0],
    [0.9, 2, 0],
    [1, 0.2, 3],
  ]),
);

test('correlations equal their formulas', () => {
  expect(pearson([1, 2, 3, 5], [2, 1, 4, 3])).toBeCloseTo(0.52915, 4);
  // Ranks 0, 1.5, 1.5, 3 and 0, 2, 1, 3.
  expect(spearman([10, 20, 20, 90], [-1, 7, 5, 8])).toBeCloseTo(pearson([0, 1.5, 1.5, 3], [0, 2, 1, 3]), 12);
  expect(spearman([1, 2, 3], [1, 8, 27])).toBe(1);
  expect([pearson([1, 1], [1, 2]), pearson([], [])]).toEqual([NaN, NaN]);
});

test('similarity ignores unknown words, and counts them', () => {
  const pairs = [
    { a: 'Man', b: 'king', score: 8 },
    { a: 'man', b: 'woman', score: 5 },
    { a: 'man', b: 'boy', score: 6 },
    { a: 'man', b: 'moon', score: 1 },
  ];
  const cosines = [
    ['man', 'king'],
    ['man', 'woman'],
    ['man', 'boy'],
  ].map(([a, b]) => vectors.similarity(a!, b!));
  expect(evaluateSimilarity(vectors, pairs)).toEqual({
    spearman: spearman(cosines, [8, 5, 6]),
    pearson: pearson(cosines, [8, 5, 6]),
    found: 3,
    total: 4,
  });
});

test('analogies are counted by section', () => {
  const sections = readAnalogyQuestions(
    ': royals\nMan Woman king queen\nman king woman queen\nman king moon sun\n\n: wrong\nman woman king boy\n: empty\n',
  );
  const result = evaluateAnalogies(vectors, sections);
  expect(result).toEqual({
    name: 'total',
    correct: 2,
    found: 3,
    total: 4,
    accuracy: 2 / 3,
    sections: [
      { name: 'royals', correct: 2, found: 2, total: 3, accuracy: 1 },
      { name: 'wrong', correct: 0, found: 1, total: 1, accuracy: 0 },
      { name: 'empty', correct: 0, found: 0, total: 0, accuracy: NaN },
    ],
  });
  expect(evaluateAnalogies(vectors, sections, { method: '3CosMul' }).correct).toBe(2);
});

test('reads files of ratings and analogies', () => {
  expect(readSimilarityPairs('Word 1,Word 2,Human (mean)\nlove,sex,6.77\r\n')).toEqual([
    { a: 'love', b: 'sex', score: 6.77 },
  ]);
  expect(readSimilarityPairs('word1\tword2\tPOS\tSimLex999\tconc(w1)\nold\tnew\tA\t1.58\t2.72\n')).toEqual([
    { a: 'old', b: 'new', score: 1.58 },
  ]);
  expect(() => readSimilarityPairs('a\tb\t1\nc\td\n')).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readSimilarityPairs: line 2 must have two words and a score, got "c\\td"]`,
  );
  expect(() => readAnalogyQuestions('a b c d')).toThrowErrorMatchingInlineSnapshot(
    `[FormatError: readAnalogyQuestions: line 1 must have four words and follow a line ": name", got "a b c d"]`,
  );
  expect(() => readAnalogyQuestions(': x\na b c')).toThrow(/line 2 must have four words/);
});

describe.skipIf(!hasRealData('embeddings', 1))('real files', () => {
  test('of analogies and ratings are read', () => {
    const text = (name: string): string => new TextDecoder().decode(readRealData(`embeddings/${name}`));
    const sections = readAnalogyQuestions(text('questions-words.txt'));
    expect([
      sections.length,
      sections.reduce((sum, { questions }) => sum + questions.length, 0),
      sections[0]!.name,
    ]).toEqual([14, 19_544, 'capital-common-countries']);
    const [wordSim, simLex] = [readSimilarityPairs(text('wordsim353.tsv')), readSimilarityPairs(text('simlex999.txt'))];
    expect([wordSim.length, wordSim[2], simLex.length, simLex[0]]).toEqual([
      353,
      { a: 'tiger', b: 'tiger', score: 10 },
      999,
      { a: 'old', b: 'new', score: 1.58 },
    ]);
  });
});
