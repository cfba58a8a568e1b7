import { Aligned, transform } from '../aligned.ts';
import type { Normalizer } from '../pipeline.ts';

const segments = /[A-Z]+|[^\0-\x7f]/gu;

/** Letters become small one by one as in Rust: a Greek sigma at the end of a word becomes σ, not ς. */
const lower = (text: string): string => (text.includes('Σ') ? text.replaceAll('Σ', 'σ') : text).toLowerCase();

/** Lower case by Unicode's rules that hold in every language. */
export function toLowercase(text: Aligned): Aligned {
  const small = lower(text.text);
  // No letter becomes shorter, so equal lengths mean that each one kept its place.
  if (small.length === text.text.length) return new Aligned(small, text.start, text.bounds);
  return transform(text, segments, lower);
}

/**
 * Makes letters small, one by one.
 *
 * @example
 * lowercase().normalize(new Aligned('ÉCOLE')).text; // => école
 */
export function lowercase(): Normalizer {
  return { normalize: toLowercase, toJSON: () => ({ type: 'Lowercase' }) };
}
