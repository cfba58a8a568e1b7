import type { Aligned } from './aligned.ts';
import type { Encoding, Word } from './encoding.ts';
import type { Json } from './json.ts';
import type { Vocabulary } from './models/vocabulary.ts';

/** The first step of a {@link Tokenizer}: rewrites a text in a standard form. */
export interface Normalizer {
  normalize(text: Aligned): Aligned;
  /** The step as `tokenizer.json` writes it. */
  toJSON(): Json;
}

/** Splits a normalized text into pieces, which the model encodes one by one. */
export interface PreTokenizer {
  /** @param isFirst - whether the text is at the start of the input */
  split(text: Aligned, isFirst: boolean): Aligned[];
  toJSON(): Json;
}

/** Turns a piece into tokens. */
export interface Model {
  readonly vocabulary: Vocabulary;
  /** Whether the tokens of a piece may differ from call to call, so that they must not be cached; by default false. */
  readonly isRandom?: boolean;
  encodeWord(word: string): Word;
  toJSON(): Json;
}

/** Adds special tokens. */
export interface PostProcessor {
  /** @param texts - one encoding, or two for a pair; the next processor gets the result, or `encode` joins it */
  process(texts: readonly Encoding[], addSpecialTokens: boolean): Encoding[];
  toJSON(): Json;
}

/** Turns tokens into texts; `decode` returns them joined. */
export interface Decoder {
  /** @param added - the added tokens, which must stay as they are */
  decode(tokens: readonly string[], added: ReadonlySet<string>): string[];
  toJSON(): Json;
}
