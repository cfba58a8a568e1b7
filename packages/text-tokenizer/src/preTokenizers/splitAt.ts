import { oneOf, type Check } from '@chainrule/errors/check';
import type { Aligned } from '../aligned.ts';
import type { Finder } from '../pattern.ts';

/** What to do with a match: remove it, make it a piece of its own, add it to the piece before or after it, or join it with adjacent matches. */
export type SplitBehavior = 'removed' | 'isolated' | 'mergedWithPrevious' | 'mergedWithNext' | 'contiguous';

interface Span {
  readonly from: number;
  readonly to: number;
  readonly isDelimiter: boolean;
}

/** Matches, and the texts between them. */
function spansOf(text: string, finder: Finder, invert: boolean): Span[] {
  const spans: Span[] = [];
  let at = 0;
  const put = (to: number, isDelimiter: boolean): void => {
    if (to > at) spans.push({ from: at, to, isDelimiter: isDelimiter !== invert });
    at = to;
  };
  const places = finder(text);
  for (let i = 0; i < places.length; i += 2) {
    put(places[i]!, false);
    put(places[i + 1]!, true);
  }
  put(text.length, false);
  return spans;
}

/** Whether a span belongs to the same piece as the span before it. */
const joins: Readonly<Record<SplitBehavior, (before: Span, span: Span) => boolean>> = {
  removed: () => false,
  isolated: () => false,
  mergedWithPrevious: (before, span) => span.isDelimiter && !before.isDelimiter,
  mergedWithNext: (before, span) => before.isDelimiter && !span.isDelimiter,
  contiguous: (before, span) => before.isDelimiter === span.isDelimiter,
};

export const aBehavior: Check = /* @__PURE__ */ oneOf(...Object.keys(joins));

/** Splits a text at the matches of a pattern. */
export function splitAt(text: Aligned, finder: Finder, behavior: SplitBehavior, invert = false): Aligned[] {
  const pieces: { from: number; last: Span }[] = [];
  for (const span of spansOf(text.text, finder, invert)) {
    const piece = pieces.at(-1);
    if (piece && joins[behavior](piece.last, span)) piece.last = span;
    else if (!(span.isDelimiter && behavior === 'removed')) pieces.push({ from: span.from, last: span });
  }
  return pieces.map(({ from, last }) => text.slice(from, last.to));
}

/** The name of a behavior in `tokenizer.json`. */
export function behaviorName(behavior: SplitBehavior): string {
  return behavior[0]!.toUpperCase() + behavior.slice(1);
}
