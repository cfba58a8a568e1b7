import { aBoolean, aString, checkOptions } from '@chainrule/errors/check';
import type { Decoder } from '../pipeline.ts';
import { cleanUp } from './wordPieceDecoder.ts';

/** Options of {@link ctcDecoder}. */
export interface CtcDecoderOptions {
  /** The blank token of CTC; by default `<pad>`. */
  readonly padToken?: string;
  /** The token between words; by default `|`. */
  readonly wordDelimiterToken?: string;
  /** Whether to turn word delimiters into spaces, and to remove spaces before punctuation and English contractions; by default true. */
  readonly cleanup?: boolean;
}

/**
 * Turns the tokens of a speech model, one per time step, into text. Drops repeated tokens first, and then blanks.
 *
 * Source: Graves et al., "Connectionist Temporal Classification", 2006.
 *
 * @example
 * ctcDecoder().decode(['s', 's', 'o', '|', '<pad>', 'o', '<pad>', 'o'], new Set()).join(''); // => so oo
 */
export function ctcDecoder(options: CtcDecoderOptions = {}): Decoder {
  checkOptions('ctcDecoder', options, { padToken: aString, wordDelimiterToken: aString, cleanup: aBoolean });
  const { padToken = '<pad>', wordDelimiterToken = '|', cleanup = true } = options;
  const textOf = (token: string): string => {
    const text = padToken ? token.replaceAll(padToken, '') : token;
    if (!cleanup) return text;
    return wordDelimiterToken ? cleanUp(text).replaceAll(wordDelimiterToken, ' ') : cleanUp(text);
  };
  return {
    decode: (tokens) =>
      tokens
        .filter((token, i) => token !== tokens[i - 1])
        .map(textOf)
        .filter((text) => text),
    toJSON: () => ({ type: 'CTC', pad_token: padToken, word_delimiter_token: wordDelimiterToken, cleanup }),
  };
}
