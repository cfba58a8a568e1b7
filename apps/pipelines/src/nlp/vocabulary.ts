import { WordTokenizer } from '@chainrule/text-tokenizer';

/** The tokens of a language's words. 0 is padding; all unknown words share one token. */
export interface Vocabulary {
  readonly size: number;
  readonly startToken: number;
  readonly endToken: number;
  readonly unknownToken: number;
  /** Tokens between a start token and an end token. */
  encode(words: readonly string[]): number[];
  decode(tokens: readonly number[]): string[];
}

const [start, end, unknown] = ['<start>', '<end>', '<unknown>'];

/** The vocabulary of the `most` most frequent words. */
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
