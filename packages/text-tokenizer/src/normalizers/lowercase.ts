import { Aligned, transform } from '../aligned.ts';
import type { Normalizer } from '../steps.ts';

const segments = /[A-Z]+|[^\0-\x7f]/gu;

/** Lower case by Unicode's rules that hold in every language. */
export function toLowercase(text: Aligned): Aligned {
  const lower = text.text.toLowerCase();
  // No letter becomes shorter, so equal lengths mean that every one kept its place.
  if (lower.length === text.text.length) return new Aligned(lower, text.start, text.bounds);
  return transform(text, segments, (part) => part.toLowerCase());
}

/**
 * Makes letters small.
 *
 * @example
 * lowercase().normalize(new Aligned('ÉCOLE')).text; // => école
 */
export function lowercase(): Normalizer {
  return { normalize: toLowercase, toJSON: () => ({ type: 'Lowercase' }) };
}
