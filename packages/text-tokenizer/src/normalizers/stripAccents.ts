import { rewrite } from '../aligned.ts';
import { markClass } from '../characters.ts';
import type { Normalizer } from '../pipeline.ts';

const marks = /* @__PURE__ */ new RegExp(`${markClass}+`, 'gv');

/**
 * Removes combining marks. Accents become combining marks only after `unicodeForm('NFD')`.
 *
 * @example
 * const plain = normalizerSequence([unicodeForm('NFD'), stripAccents()]);
 * plain.normalize(new Aligned('café')).text; // => cafe
 */
export function stripAccents(): Normalizer {
  return { normalize: (text) => rewrite(text, marks, () => ''), toJSON: () => ({ type: 'StripAccents' }) };
}
