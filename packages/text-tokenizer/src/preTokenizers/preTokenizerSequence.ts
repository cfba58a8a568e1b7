import type { PreTokenizer } from '../steps.ts';

/**
 * Pre-tokenizers one after the other: each cuts the pieces of the one before.
 *
 * @example
 * const cut = preTokenizerSequence([splitWhitespace(), splitDigits()]);
 * cut.split(new Aligned('a1 b'), true).map(({ text }) => text); // => ['a','1','b']
 */
export function preTokenizerSequence(steps: readonly PreTokenizer[]): PreTokenizer {
  return {
    split: (text, isFirst) => steps.reduce((pieces, step) => pieces.flatMap((piece, i) => step.split(piece, isFirst && i === 0)), [text]),
    toJSON: () => ({ type: 'Sequence', pretokenizers: steps.map((step) => step.toJSON()) }),
  };
}
