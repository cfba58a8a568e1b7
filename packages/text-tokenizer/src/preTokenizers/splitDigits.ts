import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { finderOf } from '../pattern.ts';
import type { PreTokenizer } from '../pipeline.ts';
import { splitAt } from './splitAt.ts';

const digits = /* @__PURE__ */ finderOf(/\p{N}/gu);

/** Options of {@link splitDigits}. */
export interface SplitDigitsOptions {
  /** Whether each digit becomes a piece of its own; by default each number is one piece. */
  readonly individualDigits?: boolean;
}

/**
 * Splits a text before and after numbers.
 *
 * @example
 * splitDigits().split(new Aligned('a12'), true).map(({ text }) => text); // => ['a','12']
 */
export function splitDigits(options: SplitDigitsOptions = {}): PreTokenizer {
  checkOptions('splitDigits', options, { individualDigits: aBoolean });
  const { individualDigits = false } = options;
  return {
    split: (text) => splitAt(text, digits, individualDigits ? 'isolated' : 'contiguous'),
    toJSON: () => ({ type: 'Digits', individual_digits: individualDigits }),
  };
}
