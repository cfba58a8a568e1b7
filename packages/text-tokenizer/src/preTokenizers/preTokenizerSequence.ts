import { listOf } from '@chainrule/errors/check';
import { type Aligned, checkLength, maxLengthFor } from '../aligned.ts';
import { aPreTokenizer } from '../checks.ts';
import type { PreTokenizer } from '../pipeline.ts';

/**
 * Applies pre-tokenizers in order: each splits the pieces of the one before.
 *
 * @throws ValueError, in `split`, if the text becomes longer than 32 times its original plus 65,536 units
 *
 * @example
 * const split = preTokenizerSequence([splitWhitespace(), splitDigits()]);
 * split.split(new Aligned('a1 b'), true).map(({ text }) => text); // => ['a','1','b']
 */
export function preTokenizerSequence(steps: readonly PreTokenizer[]): PreTokenizer {
  listOf('a list of pre-tokenizers', aPreTokenizer)('preTokenizerSequence', 'steps', steps);
  return {
    split: (text, isFirst) => {
      const most = maxLengthFor(text);
      return steps.reduce<Aligned[]>(
        (pieces, step) => {
          const parts = pieces.flatMap((piece, i) => step.split(piece, isFirst && i === 0));
          checkLength(
            'preTokenizerSequence',
            parts.reduce((sum, piece) => sum + piece.text.length, 0),
            most,
          );
          return parts;
        },
        [text],
      );
    },
    toJSON: () => ({ type: 'Sequence', pretokenizers: steps.map((step) => step.toJSON()) }),
  };
}
