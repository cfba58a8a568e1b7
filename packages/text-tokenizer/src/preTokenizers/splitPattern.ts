import type { Aligned } from '../aligned.ts';
import { compilePattern, type Pattern, patternToJSON } from '../pattern.ts';
import type { PreTokenizer } from '../steps.ts';

/** What becomes of a match that cuts: nothing, a piece of its own, part of the piece before or after, or of its neighbours of the same kind. */
export type SplitBehavior = 'removed' | 'isolated' | 'mergedWithPrevious' | 'mergedWithNext' | 'contiguous';

/** Options of {@link splitPattern}. */
export interface SplitPatternOptions {
  /** By default isolated. */
  readonly behavior?: SplitBehavior;
  /** Whether what does not match cuts; by default false. */
  readonly invert?: boolean;
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly cuts: boolean;
}

/** Matches and what lies between them. */
function spansOf(text: string, pattern: RegExp, invert: boolean): Span[] {
  const spans: Span[] = [];
  let at = 0;
  const put = (to: number, cuts: boolean): void => {
    if (to > at) spans.push({ from: at, to, cuts: cuts !== invert });
    at = to;
  };
  for (const { 0: match, index } of text.matchAll(pattern)) {
    put(index, false);
    put(index + match.length, true);
  }
  put(text.length, false);
  return spans;
}

/** Whether a span belongs to the piece that ends with the one before it. */
const joins: Readonly<Record<SplitBehavior, (before: Span, span: Span) => boolean>> = {
  removed: () => false,
  isolated: () => false,
  mergedWithPrevious: (before, span) => span.cuts && !before.cuts,
  mergedWithNext: (before, span) => before.cuts && !span.cuts,
  contiguous: (before, span) => before.cuts === span.cuts,
};

/** Cuts a text at the matches of a pattern. */
export function cutAt(text: Aligned, pattern: RegExp, behavior: SplitBehavior, invert = false): Aligned[] {
  const pieces: { from: number; last: Span }[] = [];
  for (const span of spansOf(text.text, pattern, invert)) {
    const piece = pieces.at(-1);
    if (piece && joins[behavior](piece.last, span)) piece.last = span;
    else if (!(span.cuts && behavior === 'removed')) pieces.push({ from: span.from, last: span });
  }
  return pieces.map(({ from, last }) => text.slice(from, last.to));
}

const pascal = (behavior: SplitBehavior): string => behavior[0]!.toUpperCase() + behavior.slice(1);

/**
 * Cuts where a pattern matches.
 *
 * @example
 * const cut = splitPattern('-', { behavior: 'mergedWithNext' });
 * cut.split(new Aligned('a-b-c'), true).map(({ text }) => text); // => ['a','-b','-c']
 */
export function splitPattern(pattern: Pattern, options: SplitPatternOptions = {}): PreTokenizer {
  const { behavior = 'isolated', invert = false } = options;
  const compiled = compilePattern('splitPattern', pattern);
  return {
    split: (text) => cutAt(text, compiled, behavior, invert),
    toJSON: () => ({ type: 'Split', pattern: patternToJSON(pattern), behavior: pascal(behavior), invert }),
  };
}

/**
 * Cuts punctuation off: each sign a piece unless told. Unicode's punctuation, and all of ASCII's signs.
 *
 * @example
 * splitPunctuation().split(new Aligned('so!?'), true).map(({ text }) => text); // => ['so','!','?']
 */
export function splitPunctuation(behavior: SplitBehavior = 'isolated'): PreTokenizer {
  return {
    split: (text) => cutAt(text, /[\p{P}!-/:-@[-`{-~]/gu, behavior),
    toJSON: () => ({ type: 'Punctuation', behavior: pascal(behavior) }),
  };
}

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
