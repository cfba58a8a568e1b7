import { describe, expect, test } from 'vitest';
import { ngrams } from './ngrams.ts';

describe('ngrams', () => {
  test('smooth by the formula of Witten and Bell', () => {
    // After the first token: 2, 1, 2, 1. p₁(1) = (2 + 2 · ¼) / (4 + 2), p(1 | 2) = (2 + 1 · p₁(1)) / (2 + 1).
    const sequences = [[1, 2, 1, 2, 1]];
    const unigram = (2 + 2 / 4) / 6;
    expect(Math.exp(-ngrams(sequences, { order: 1, vocabulary: 4 }).loss([[2, 1]]))).toBeCloseTo(unigram, 12);
    expect(Math.exp(-ngrams(sequences, { order: 2, vocabulary: 4 }).loss([[2, 1]]))).toBeCloseTo((2 + unigram) / 3, 12);
  });

  test('give the tokens after any history probabilities that add up to 1', () => {
    const model = ngrams([[1, 2, 3, 1, 2, 2, 3]], { order: 3, vocabulary: 5 });
    for (const history of [[4], [1, 2], [3, 3], [2, 3, 1]]) {
      const sum = Array.from({ length: 5 }, (_, token) => {
        const rest = history.length > 1 ? model.loss([history]) * (history.length - 1) : 0;
        return Math.exp(rest - model.loss([[...history, token]]) * history.length);
      }).reduce((a, b) => a + b, 0);
      expect(sum).toBeCloseTo(1, 12);
    }
  });
});
