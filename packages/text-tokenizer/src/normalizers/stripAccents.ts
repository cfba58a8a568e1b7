import { rewrite } from '../aligned.ts';
import type { Normalizer } from '../steps.ts';

/**
 * Removes combining marks; they stand alone only after `unicodeForm('NFD')`.
 *
 * @example
 * const plain = normalizerSequence([unicodeForm('NFD'), stripAccents()]);
 * plain.normalize(new Aligned('café')).text; // => cafe
 */
export function stripAccents(): Normalizer {
  return { normalize: (text) => rewrite(text, /\p{M}+/gu, () => ''), toJSON: () => ({ type: 'StripAccents' }) };
}
