import { WordTokenizer } from '@chainrule/text-tokenizer';

/** The words of a language as tokens: 0 is padding, and every word that is not known the same token. */
export interface Vocabulary {
  readonly size: number;
  readonly startToken: number;
  readonly endToken: number;
  readonly unknownToken: number;
  /** Tokens with a start before them and an end after them. */
  encode(words: readonly string[]): number[];
  decode(tokens: readonly number[]): string[];
}

const [start, end, unknown] = ['<start>', '<end>', '<unknown>'];

/** The `most` most frequent words of sentences. */
export function vocabularyOf(sentences: readonly (readonly string[])[], most: number): Vocabulary {
  const framed = (words: readonly string[]): string => [start, ...words, end].join(' ');
  const tokenizer = new WordTokenizer({ analyzer: (text) => text.split(' '), oovToken: unknown, numWords: most });
  tokenizer.fitOnTexts(sentences.map(framed));
  const token = (word: string): number => tokenizer.wordIndex.get(word)!;
  return {
    size: Math.min(most, tokenizer.wordIndex.size + 1),
    startToken: token(start),
    endToken: token(end),
    unknownToken: token(unknown),
    encode: (words) => tokenizer.textsToSequences([framed(words)])[0]!,
    decode: (tokens) => tokens.map((index) => tokenizer.indexWord.get(index)!),
  };
}
