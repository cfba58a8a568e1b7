import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { finderOf } from '../pattern.ts';
import type { PreTokenizer } from '../pipeline.ts';
import { cutAt } from './cutAt.ts';

const digits = /* @__PURE__ */ finderOf(/\p{N}/gu);

/** Options of {@link splitDigits}. */
export interface SplitDigitsOptions {
  /** Whether each digit is a piece; by default each number is one. */
  readonly individualDigits?: boolean;
}

/**
 * Cuts before and after numbers.
 *
 * @example
 * splitDigits().split(new Aligned('a12'), true).map(({ text }) => text); // => ['a','12']
 */
export function splitDigits(options: SplitDigitsOptions = {}): PreTokenizer {
  checkOptions('splitDigits', options, { individualDigits: aBoolean });
  const { individualDigits = false } = options;
  return {
    split: (text) => cutAt(text, digits, individualDigits ? 'isolated' : 'contiguous'),
    toJSON: () => ({ type: 'Digits', individual_digits: individualDigits }),
  };
}
