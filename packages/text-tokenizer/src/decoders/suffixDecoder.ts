import { aString } from '@chainrule/errors/check';
import type { Decoder } from '../pipeline.ts';

/**
 * Turns each end-of-word suffix into a space, except in the last token, which loses it.
 *
 * @example
 * suffixDecoder('</w>').decode(['so</w>', 'what</w>'], new Set()).join(''); // => so what
 */
export function suffixDecoder(suffix = '</w>'): Decoder {
  aString('suffixDecoder', 'suffix', suffix);
  return {
    decode: (tokens) =>
      suffix ? tokens.map((token, i) => token.replaceAll(suffix, i === tokens.length - 1 ? '' : ' ')) : [...tokens],
    toJSON: () => ({ type: 'BPEDecoder', suffix }),
  };
}
