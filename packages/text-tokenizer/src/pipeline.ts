import type { Aligned } from './aligned.ts';
import type { Encoding, Word } from './encoding.ts';
import type { Json } from './json.ts';
import type { Vocabulary } from './models/vocabulary.ts';

/** The first step of a {@link Tokenizer}: writes text in one of several equivalent ways. */
export interface Normalizer {
  normalize(text: Aligned): Aligned;
  /** The step as `tokenizer.json` writes it. */
  toJSON(): Json;
}

/** Cuts normalized text into the pieces that the model gets one by one. */
export interface PreTokenizer {
  /** @param isFirst - whether the text begins what is encoded */
  split(text: Aligned, isFirst: boolean): Aligned[];
  toJSON(): Json;
}

/** Turns a piece into tokens. */
export interface Model {
  readonly vocabulary: Vocabulary;
  /** Whether a piece may have other tokens each time, so that they must not be remembered; by default false. */
  readonly isRandom?: boolean;
  encodeWord(word: string): Word;
  toJSON(): Json;
}

/** Adds special tokens. */
export interface PostProcessor {
  /** @param texts - one encoding, or two of a pair; what comes back is joined, or goes into the next processor */
  process(texts: readonly Encoding[], addSpecialTokens: boolean): Encoding[];
  toJSON(): Json;
}

/** Turns tokens into text, which is the joined result. */
export interface Decoder {
  /** @param added - the added tokens, which are text as they stand */
  decode(tokens: readonly string[], added: ReadonlySet<string>): string[];
  toJSON(): Json;
}
