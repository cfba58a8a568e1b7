import { rewrite } from '../aligned.ts';
import { spellBytes } from '../byteLetters.ts';
import type { Normalizer } from '../pipeline.ts';

const notOneByte = /[^!-~]/gu;

/**
 * Spells a text in the letters of its UTF-8 bytes, as `byteLevel` spells words.
 *
 * @example
 * byteNormalizer().normalize(new Aligned('é a')).text; // => Ã©Ġa
 */
export function byteNormalizer(): Normalizer {
  return { normalize: (text) => rewrite(text, notOneByte, spellBytes), toJSON: () => ({ type: 'ByteLevel' }) };
}
