import type { Aligned } from '../aligned.ts';

/** The pieces of a text that match a pattern which leaves nothing out but, where told, white space, which it matches too. */
export function tiles(text: Aligned, pattern: RegExp, dropsSpace: boolean): Aligned[] {
  const pieces: Aligned[] = [];
  let at = 0;
  // Matches as plain text are several times as fast as matches with their places.
  for (const part of text.text.match(pattern) ?? []) {
    const from = at;
    at += part.length;
    if (!dropsSpace || !isSpace(part)) pieces.push(text.slice(from, at));
  }
  return pieces;
}

const isSpace = (part: string): boolean => (part.charCodeAt(0) < 0x80 ? part.charCodeAt(0) <= 0x20 && part.trimStart() === '' : part.trimStart() === '');
