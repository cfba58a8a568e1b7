import { oneOf, type Check } from '@chainrule/errors/check';
import type { Aligned } from '../aligned.ts';
import type { Finder } from '../pattern.ts';

/** Where a match goes: nowhere, into its own piece, into the piece before or after it, or into one piece with adjacent matches. */
export type SplitBehavior = 'removed' | 'isolated' | 'mergedWithPrevious' | 'mergedWithNext' | 'contiguous';

interface Span {
  readonly from: number;
  readonly to: number;
  readonly cuts: boolean;
}

/** Matches and what lies between them. */
function spansOf(text: string, finder: Finder, invert: boolean): Span[] {
  const spans: Span[] = [];
  let at = 0;
  const put = (to: number, cuts: boolean): void => {
    if (to > at) spans.push({ from: at, to, cuts: cuts !== invert });
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

/** Whether a span belongs to the piece that ends with the one before it. */
const joins: Readonly<Record<SplitBehavior, (before: Span, span: Span) => boolean>> = {
  removed: () => false,
  isolated: () => false,
  mergedWithPrevious: (before, span) => span.cuts && !before.cuts,
  mergedWithNext: (before, span) => before.cuts && !span.cuts,
  contiguous: (before, span) => before.cuts === span.cuts,
};

export const aBehavior: Check = /* @__PURE__ */ oneOf(...Object.keys(joins));

/** Cuts a text at the matches of a pattern. */
export function cutAt(text: Aligned, finder: Finder, behavior: SplitBehavior, invert = false): Aligned[] {
  const pieces: { from: number; last: Span }[] = [];
  for (const span of spansOf(text.text, finder, invert)) {
    const piece = pieces.at(-1);
    if (piece && joins[behavior](piece.last, span)) piece.last = span;
    else if (!(span.cuts && behavior === 'removed')) pieces.push({ from: span.from, last: span });
  }
  return pieces.map(({ from, last }) => text.slice(from, last.to));
}

/** A behavior's name in `tokenizer.json`. */
export function behaviorName(behavior: SplitBehavior): string {
  return behavior[0]!.toUpperCase() + behavior.slice(1);
}
