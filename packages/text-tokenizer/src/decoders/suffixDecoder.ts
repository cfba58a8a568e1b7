import { aString } from '@chainrule/errors/check';
import type { Decoder } from '../pipeline.ts';

/**
 * Makes the suffix that ends words a space.
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
