import { ValueError } from '@chainrule/errors';
import { aFunction, refuse } from '@chainrule/errors/check';
import { type Finder, finderOf } from './pattern.ts';

/**
 * A piece of text that knows where each of its UTF-16 units comes from. Unit `i` comes from units `bounds[2i]` to
 * `bounds[2i + 1]` of the original text. Most texts need no `bounds`: then unit `i` comes from unit `start + i`.
 *
 * @example
 * const shout = new Aligned('ab cd').slice(3, 5);
 * shout.text; // => cd
 * [shout.from(0), shout.to(2)]; // => [3,5]
 */
export class Aligned {
  readonly text: string;
  readonly start: number;
  readonly bounds: Int32Array | undefined;

  constructor(text: string, start = 0, bounds?: Int32Array) {
    this.text = text;
    this.start = start;
    this.bounds = bounds;
  }

  /** The part from unit `from` up to, but not including, unit `to`. */
  slice(from: number, to: number): Aligned {
    const { text, start, bounds } = this;
    const part = text.slice(from, to);
    return bounds ? new Aligned(part, start, bounds.subarray(2 * from, 2 * to)) : new Aligned(part, start + from);
  }

  /** The position in the original where unit `unit` begins. At the end of the text: where its last unit ends. */
  from(unit: number): number {
    if (!this.bounds) return this.start + unit;
    return this.bounds[2 * unit] ?? this.to(this.text.length);
  }

  /** The position in the original where the unit before `unit` ends. */
  to(unit: number): number {
    if (!this.bounds) return this.start + unit;
    return this.bounds[2 * unit - 1] ?? this.start;
  }
}

/**
 * Replaces each match of `pattern`. Every unit of a replacement maps to the whole match. If a replacement is as long as its
 * match, each unit maps to one unit instead. Text inserted at an empty match maps to nothing.
 *
 * @param pattern - an expression with the flag `g`, or a function that finds matches
 * @throws ValueError if the text becomes longer than 32 times its original plus 65,536 units; a chain of steps could
 * otherwise exhaust the memory
 * @example
 * const fine = rewrite(new Aligned('ﬁne'), /ﬁ/g, () => 'fi');
 * [fine.text, fine.from(1), fine.from(2)]; // => ['fine',0,1]
 */
export function rewrite(input: Aligned, pattern: RegExp | Finder, replace: (match: string) => string): Aligned {
  checkRewriting('rewrite', input, pattern, replace);
  const edits: Edit[] = [];
  const most = maxLengthFor(input);
  const places = (pattern instanceof RegExp ? finderOf(pattern) : pattern)(input.text);
  let text = '';
  let at = 0;
  for (let i = 0; i < places.length; i += 2) {
    const [from, to] = [places[i]!, places[i + 1]!];
    const match = input.text.slice(from, to);
    const content = replace(match);
    if (content === match) continue;
    text += input.text.slice(at, from) + content;
    checkLength('rewrite', text.length, most);
    at = to;
    edits.push({ from, to, length: content.length });
  }
  if (!edits.length) return input;
  text += input.text.slice(at);
  checkLength('rewrite', text.length, most);
  // Replacements of equal length move nothing.
  const moving = edits.filter(({ from, to, length }) => length !== to - from);
  return new Aligned(text, input.start, moving.length ? boundsAfter(input, moving, text.length) : input.bounds);
}

function checkRewriting(op: string, input: unknown, pattern: unknown, replace: unknown): void {
  if (!(input instanceof Aligned)) refuse(op, 'input', 'an Aligned', input);
  if (!(pattern instanceof RegExp && pattern.global) && typeof pattern !== 'function')
    refuse(op, 'pattern', 'an expression with the flag g', pattern);
  aFunction(op, 'replace', replace);
}

/** The greatest length that a rewritten text may have, in units. */
export const maxLengthFor = (input: Aligned): number => 32 * (input.to(input.text.length) - input.from(0)) + 65_536;

/** Throws if a text has grown too long. */
export function checkLength(op: string, length: number, most: number): void {
  if (length > most)
    throw new ValueError(
      `${op}: the new text must have at most ${most} units for this original, got ${length}; use steps that replace less`,
    );
}

/** Puts `content` before the text. It maps to nothing. */
export function insertBefore(input: Aligned, content: string): Aligned {
  return rewrite(
    input,
    () => [0, 0],
    () => content,
  );
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly length: number;
}

function boundsAfter(input: Aligned, edits: readonly Edit[], length: number): Int32Array {
  const bounds = new Int32Array(2 * length);
  let [at, out] = [0, 0];
  const put = (from: number, to: number): void => {
    bounds[out++] = from;
    bounds[out++] = to;
  };
  const keepUntil = (end: number): void => {
    for (; at < end; at++) put(input.from(at), input.to(at + 1));
  };
  for (const edit of edits) {
    keepUntil(edit.from);
    const from = input.from(edit.from);
    const to = edit.to > edit.from ? input.to(edit.to) : from;
    for (let i = 0; i < edit.length; i++) put(from, to);
    at = edit.to;
  }
  keepUntil(input.text.length);
  return bounds;
}

const [word, everything] = [/\S+/gu, /[^]+/gu];

/**
 * Changes a text with `replace` and aligns the result as finely as possible. Applies `replace` to each segment that
 * `pattern` matches; if that gives another text than changing the whole, applies it to each word, or else to the whole.
 *
 * @example
 * const upper = transform(new Aligned('a ß c'), /[^]/gu, (text) => text.toUpperCase());
 * [upper.text, upper.from(4), upper.to(4)]; // => ['A SS C',3,3]
 */
export function transform(input: Aligned, pattern: RegExp, replace: (text: string) => string): Aligned {
  checkRewriting('transform', input, pattern, replace);
  const text = replace(input.text);
  if (text === input.text) return input;
  for (const segments of [pattern, word]) {
    const changed = rewrite(input, segments, replace);
    if (changed.text === text) return changed;
  }
  return rewrite(input, everything, replace);
}
