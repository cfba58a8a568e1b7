import { tensor } from '@chainrule/tensor';
import { WordTokenizer } from '@chainrule/text-tokenizer';
import { describe, expect, test } from 'vitest';
import { decided, lastTenth, splitTexts, tfidf, usualLength, wordIndices } from './labeledTexts.ts';

const texts = Array.from({ length: 30 }, (_, i) => `text ${i}`);
const labelled = {
  texts,
  labels: tensor(
    Int32Array.from(texts, (_, i) => (i % 3 === 0 ? 1 : 0)),
    [30],
    'int32',
  ),
  classes: ['no', 'yes'],
};
const fitted = (all: readonly string[]): WordTokenizer => {
  const tokenizer = new WordTokenizer();
  tokenizer.fitOnTexts(all);
  return tokenizer;
};

describe('splitTexts', () => {
  test('puts every text into one part with its label, and keeps the proportions of the classes', () => {
    const { train, test: held } = splitTexts(labelled, { testSize: 0.5, seed: 1 });
    expect([...train.texts, ...held.texts].sort()).toEqual([...texts].sort());
    for (const part of [train, held]) {
      expect(part.y.toArray()).toEqual(part.texts.map((text) => [labelled.labels.data[texts.indexOf(text)]]));
      expect([...part.y.data].filter((label) => label === 1).length).toBe(part.texts.length / 3);
    }
  });

  test('limits the training texts, not the test texts', () => {
    const { train, test: held } = splitTexts(labelled, { testSize: 0.5, seed: 1, limit: 4 });
    expect([train.texts.length, train.y.shape, held.texts.length]).toEqual([4, [4, 1], 15]);
  });
});

test('lastTenth holds out at least one text', () => {
  const { train } = splitTexts(labelled, { testSize: 1 / 3, seed: 1 });
  const [rest, tenth] = lastTenth(train);
  expect([[...rest.texts, ...tenth.texts], [...rest.y.data, ...tenth.y.data], tenth.y.shape]).toEqual([
    train.texts,
    [...train.y.data],
    [2, 1],
  ]);
  expect(lastTenth({ texts: ['a', 'b'], y: tensor([[0], [1]]) })[1].texts).toEqual(['b']);
  expect(() => lastTenth({ texts: ['a'], y: tensor([[0]]) })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: start: \`--limit\` must leave two texts or more to train with, got 1; one of them ends training]`,
  );
});

test('wordIndices pads at the end and truncates at the end', () => {
  const tokenizer = fitted(['a a a b b c']);
  expect(wordIndices(tokenizer, ['a', 'c b a'], 2).toArray()).toEqual([
    [1, 0],
    [3, 2],
  ]);
  expect([usualLength(tokenizer, ['a', 'c b a']), usualLength(tokenizer, ['x'])]).toEqual([1, 1]);
});

test('tfidf has rows of norm 1 that favor rare words, and zeros for a text without known words', () => {
  const all = Array.from({ length: 600 }, (_, i) => (i === 599 ? 'zzz' : i % 3 === 0 ? 'the cat' : 'the'));
  const rows = tfidf(fitted(all.slice(0, 599)), all).toArray() as number[][];
  expect(
    rows
      .slice(0, 599)
      .map((row) => Math.hypot(...row))
      .every((norm) => Math.abs(norm - 1) < 1e-6),
  ).toBe(true);
  expect([rows[598], rows[597]!.indexOf(Math.max(...rows[597]!)), rows[599]]).toEqual([[0, 1, 0], 2, [0, 0, 0]]);
});

test('decided is 1 above a logit of 0', () => {
  expect([...decided(tensor([[-1], [0], [0.1]]))]).toEqual([0, 0, 1]);
});
