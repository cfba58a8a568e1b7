import { rewrite } from '../aligned.ts';
import type { Normalizer } from '../pipeline.ts';

const controls = /[\x01-\x08\x0b\x0e-\x1f\x7f\x8f\x9f]/g;
const spaces = /[\t\n\f\r\u1680\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]/g;

/**
 * Removes control characters, and turns line ends and zero-width characters into spaces.
 *
 * Source: SentencePiece, the `nmt` rules of Google's translation system.
 *
 * @example
 * nmt().normalize(new Aligned('so\twhat\x07')).text; // => so what
 */
export function nmt(): Normalizer {
  return {
    normalize: (text) =>
      rewrite(
        rewrite(text, controls, () => ''),
        spaces,
        () => ' ',
      ),
    toJSON: () => ({ type: 'Nmt' }),
  };
}
