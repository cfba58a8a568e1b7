import { describe, expect, test } from 'vitest';
import { measureTokenizer, type TokenizerName, tokenizers, unknown } from './tokenizers.ts';

const lines = ['Low, lower, lowest.', 'The lower, the newer.', 'the newest is low'];
const tokensOf = (name: TokenizerName, text: string): readonly string[] =>
  tokenizers[name](lines, 300).encode(text).tokens;

describe('tokenizers', () => {
  test('cut words, characters, bytes and pieces', () => {
    expect(tokensOf('words', 'the lowest, newly')).toEqual(['the', 'lowest', ',', unknown]);
    expect(tokensOf('characters', 'the é')).toEqual(['t', 'h', 'e', ' ', unknown]);
    expect(tokensOf('BPE', 'the é')).toEqual(['the', 'Ġ', 'Ã', '©']);
    expect(tokensOf('WordPiece', 'The lowest new')[0]).toBe('the');
    expect(tokensOf('unigram', 'the lower').join('')).toBe('▁the▁lower');
  });

  test('keep the most frequent words', () => {
    expect(tokenizers.words(lines, 3).encode('the lower low').tokens).toEqual([unknown, 'lower', unknown]);
  });

  test('are measured: words lose capitals of nothing but spaces, BPE loses nothing', () => {
    const texts = ['the low', 'Low, new!'];
    expect(measureTokenizer(tokenizers.words(lines, 300), texts)).toEqual({
      vocabulary: 12,
      tokens: 6,
      charactersPerToken: 16 / 6,
      unknownShare: 2 / 6,
      roundTrip: 1 / 2,
    });
    expect(measureTokenizer(tokenizers.BPE(lines, 300), ['é 🎬', 'Zoë!']).roundTrip).toBe(1);
    expect(measureTokenizer(tokenizers.characters(lines, 300), texts)).toMatchObject({ tokens: 16, roundTrip: 0.5 });
  });
});
