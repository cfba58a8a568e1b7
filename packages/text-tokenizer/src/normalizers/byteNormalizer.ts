import { rewrite } from '../aligned.ts';
import { spellBytes } from '../byteLetters.ts';
import type { Normalizer } from '../pipeline.ts';

const notOneByte = /[^!-~]/gu;

/**
 * Spells a text in letters that stand for its bytes in UTF-8, as `byteLevel` spells words.
 *
 * @example
 * byteNormalizer().normalize(new Aligned('é a')).text; // => Ã©Ġa
 */
export function byteNormalizer(): Normalizer {
  return { normalize: (text) => rewrite(text, notOneByte, spellBytes), toJSON: () => ({ type: 'ByteLevel' }) };
}
