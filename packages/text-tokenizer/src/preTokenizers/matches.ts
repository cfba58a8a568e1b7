import type { Aligned } from '../aligned.ts';
import { isSpace } from '../characters.ts';

/** The matches of a pattern that covers the whole text; drops matches of whitespace if `dropsSpace`. */
export function matchesOf(text: Aligned, pattern: RegExp, dropsSpace: boolean): Aligned[] {
  const pieces: Aligned[] = [];
  let at = 0;
  // Matching strings is several times as fast as matching with positions.
  for (const part of text.text.match(pattern) ?? []) {
    const from = at;
    at += part.length;
    if (!dropsSpace || !isSpace(part.charCodeAt(0))) pieces.push(text.slice(from, at));
  }
  return pieces;
}
