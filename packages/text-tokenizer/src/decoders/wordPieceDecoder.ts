import { aBoolean, aString, checkOptions } from '@chainrule/errors/check';
import type { Decoder } from '../pipeline.ts';

/** Options of {@link wordPieceDecoder}. */
export interface WordPieceDecoderOptions {
  /** Prefix of tokens within a word; by default `##`. */
  readonly prefix?: string;
  /** Whether to remove spaces before punctuation and English contractions; by default true. */
  readonly cleanup?: boolean;
}

const replacements = [
  [' .', '.'],
  [' ?', '?'],
  [' !', '!'],
  [' ,', ','],
  [" ' ", "'"],
  [" n't", "n't"],
  [" 'm", "'m"],
  [' do not', " don't"],
  [" 's", "'s"],
  [" 've", "'ve"],
  [" 're", "'re"],
] as const;

/** Removes spaces that English does not write. Applies the replacements in the order of the Rust library. */
export function cleanUp(text: string): string {
  return text.includes(' ') ? replacements.reduce((done, [from, to]) => done.replaceAll(from, to), text) : text;
}

/**
 * Joins the tokens of each word, and separates words by spaces.
 *
 * @example
 * wordPieceDecoder().decode(['un', '##do', 'it', '!'], new Set()).join(''); // => undo it!
 */
export function wordPieceDecoder(options: WordPieceDecoderOptions = {}): Decoder {
  checkOptions('wordPieceDecoder', options, { prefix: aString, cleanup: aBoolean });
  const { prefix = '##', cleanup = true } = options;
  return {
    decode: (tokens) =>
      tokens.map((token, i) => {
        const text = i === 0 ? token : prefix && token.startsWith(prefix) ? token.slice(prefix.length) : ` ${token}`;
        return cleanup ? cleanUp(text) : text;
      }),
    toJSON: () => ({ type: 'WordPiece', prefix, cleanup }),
  };
}
