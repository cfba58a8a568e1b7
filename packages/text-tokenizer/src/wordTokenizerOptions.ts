import type { UnicodeForm } from './normalizers/unicodeForm.ts';

/** Options of `WordTokenizer`. */
export interface WordTokenizerOptions {
  /** Use only the `numWords − 1` most frequent words, as in Keras; by default all. */
  readonly numWords?: number | undefined;
  /** Use only words that occurred at least this often; by default 1. */
  readonly minCount?: number;
  /** Characters to remove from texts; by default tabs, line feeds, and ASCII punctuation except the apostrophe. */
  readonly filters?: string;
  /** Whether to lowercase texts; by default true. */
  readonly lower?: boolean;
  /** The separator between words; by default a space. */
  readonly split?: string;
  /** Whether each character is a word; by default false. `filters` and `split` then have no effect. */
  readonly charLevel?: boolean;
  /** The token for unknown and unused words, which gets index 1. By default such words are dropped. */
  readonly oovToken?: string | undefined;
  /** The normalization form to apply first; by default none. */
  readonly normalize?: UnicodeForm | undefined;
  /** Splits a text into words, in place of `filters`, `lower` and `split`; for example `segmentWords`. */
  readonly analyzer?: ((text: string) => readonly string[]) | undefined;
}
