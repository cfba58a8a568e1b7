import { describe, expect, test } from 'vitest';
import { vocabularyOf } from './vocabulary.ts';

const sentences = ['the cat sees the dog', 'the dog sleeps'].map((text) => text.split(' '));

describe('vocabularyOf', () => {
  test('restores the words of a sentence between start and end', () => {
    const vocabulary = vocabularyOf(sentences, 100);
    const tokens = vocabulary.encode(sentences[0]!);
    expect([tokens[0], tokens.at(-1)]).toEqual([vocabulary.startToken, vocabulary.endToken]);
    expect(vocabulary.decode(tokens.slice(1, -1))).toEqual(sentences[0]);
    // Padding, start, end, unknown, and 5 words.
    expect([vocabulary.size, Math.min(...tokens) > 0, Math.max(...tokens) < 9]).toEqual([9, true, true]);
  });

  test('keeps the most frequent words; others are unknown', () => {
    const vocabulary = vocabularyOf(sentences, 6);
    expect(vocabulary.size).toBe(6);
    expect(vocabulary.decode(vocabulary.encode(['the', 'dog', 'sleeps', 'here']))).toEqual([
      '<start>',
      'the',
      'dog',
      '<unknown>',
      '<unknown>',
      '<end>',
    ]);
  });
});
