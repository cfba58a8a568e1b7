import type { Decoder } from '../steps.ts';

/** Options of {@link wordPieceDecoder}. */
export interface WordPieceDecoderOptions {
  /** What tokens within a word begin with; by default `##`. */
  readonly prefix?: string;
  /** Whether to remove spaces before punctuation and English contractions; by default true. */
  readonly cleanup?: boolean;
}

/** The spaces that English does not write, as the libraries that write these files remove them. */
export function cleanUp(text: string): string {
  return text.replace(/ ([.?!,])/g, '$1').replace(/ ' /g, "'").replace(/ (n't|'m|'s|'ve|'re)/g, '$1');
}

/**
 * Joins the tokens of each word, and words by spaces.
 *
 * @example
 * wordPieceDecoder().decode(['un', '##do', 'it', '!'], new Set()).join(''); // => undo it!
 */
export function wordPieceDecoder(options: WordPieceDecoderOptions = {}): Decoder {
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
