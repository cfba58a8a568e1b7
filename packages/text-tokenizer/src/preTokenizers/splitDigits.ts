import type { PreTokenizer } from '../steps.ts';
import { cutAt } from './cutAt.ts';

/** Options of {@link splitDigits}. */
export interface SplitDigitsOptions {
  /** Whether each digit is a piece; by default a number is. */
  readonly individualDigits?: boolean;
}

/**
 * Cuts numbers off.
 *
 * @example
 * splitDigits().split(new Aligned('a12'), true).map(({ text }) => text); // => ['a','12']
 */
export function splitDigits(options: SplitDigitsOptions = {}): PreTokenizer {
  const { individualDigits = false } = options;
  return {
    split: (text) => cutAt(text, /\p{N}/gu, individualDigits ? 'isolated' : 'contiguous'),
    toJSON: () => ({ type: 'Digits', individual_digits: individualDigits }),
  };
}
