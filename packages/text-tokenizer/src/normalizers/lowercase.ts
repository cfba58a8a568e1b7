import { Aligned, transform } from '../aligned.ts';
import type { Normalizer } from '../pipeline.ts';

const segments = /[A-Z]+|[^\0-\x7f]/gu;

/** Lowercases letter by letter, as Rust does: a Greek sigma at the end of a word becomes σ, not ς. */
const lower = (text: string): string => (text.includes('Σ') ? text.replaceAll('Σ', 'σ') : text).toLowerCase();

/** Lowercases a text by Unicode's language-independent rules. */
export function toLowercase(text: Aligned): Aligned {
  const small = lower(text.text);
  // Lowercasing shortens no letter, so equal lengths mean that every letter kept its place.
  if (small.length === text.text.length) return new Aligned(small, text.start, text.bounds);
  return transform(text, segments, lower);
}

/**
 * Lowercases a text, letter by letter.
 *
 * @example
 * lowercase().normalize(new Aligned('ÉCOLE')).text; // => école
 */
export function lowercase(): Normalizer {
  return { normalize: toLowercase, toJSON: () => ({ type: 'Lowercase' }) };
}
