import { checkOptions, oneOf } from '@chainrule/errors/check';
import { aReplacement, type MetaspaceOptions } from '../preTokenizers/metaspace.ts';
import type { Decoder } from '../pipeline.ts';

/**
 * Turns the characters that stand for spaces back into spaces, and drops the one at the start of the text.
 *
 * @example
 * metaspaceDecoder().decode(['▁so', '▁what'], new Set()).join(''); // => so what
 */
export function metaspaceDecoder(options: Omit<MetaspaceOptions, 'split'> = {}): Decoder {
  checkOptions('metaspaceDecoder', options, {
    replacement: aReplacement,
    prependScheme: oneOf('always', 'first', 'never'),
  });
  const { replacement = '▁', prependScheme = 'always' } = options;
  return {
    decode: (tokens) =>
      tokens.map((token, i) => {
        const isPrefixed = i === 0 && prependScheme !== 'never' && token.startsWith(replacement);
        return (isPrefixed ? token.slice(replacement.length) : token).replaceAll(replacement, ' ');
      }),
    toJSON: () => ({ type: 'Metaspace', replacement, prepend_scheme: prependScheme, split: true }),
  };
}
