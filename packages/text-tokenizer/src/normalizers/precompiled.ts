import { OptionError, showValue } from '@chainrule/errors';
import { Aligned, rewrite } from '../aligned.ts';
import { BoundedCache } from '../boundedCache.ts';
import type { Normalizer } from '../pipeline.ts';
import { CharsMap } from './charsMap.ts';

/** Single ASCII characters; or runs of other characters with the visible ASCII next to them, which may form one grapheme. */
const runs = /\r\n|[ -~]?[^\0-\x7f]+(?:[ -~][^\0-\x7f]+)*[ -~]?|[\0-\x7f]/g;
/** The greatest length of a grapheme that is looked up as a whole. */
const maxGraphemeBytes = 5;

/**
 * The normalizer of a SentencePiece model, such as those of T5, XLM-R and mBART: a table of texts and replacements. Looks up
 * a grapheme of up to 5 bytes by its beginning; if that fails, or if it is longer, looks up each of its characters.
 *
 * Source: SentencePiece, `normalizer.cc`; the crate `spm_precompiled`.
 *
 * @param charsMap - the table, in Base64
 * @throws OptionError if `charsMap` is not a table
 * @example
 * // A trie of one node knows no text.
 * precompiled('BAAAAAAAAAA=').normalize(new Aligned('ﬁ')).text; // => ﬁ
 */
export function precompiled(charsMap: string): Normalizer {
  const table = new CharsMap(bytesOf(charsMap));
  const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
  const encoder = new TextEncoder();
  const found = new BoundedCache<string | null>(65_536);
  const replacement = (part: string): string | null => {
    let text = found.get(part);
    if (text === undefined) found.set(part, (text = table.find(encoder.encode(part)) ?? null));
    return text;
  };
  const places: number[] = [];
  const putGrapheme = (grapheme: string, at: number): void => {
    const isShort = grapheme.length < maxGraphemeBytes && encoder.encode(grapheme).length <= maxGraphemeBytes;
    if (isShort && replacement(grapheme) !== null) return void places.push(at, at + grapheme.length);
    let from = at;
    for (const char of grapheme) {
      if (replacement(char) !== null) places.push(from, from + char.length);
      from += char.length;
    }
  };
  const find = (text: string): number[] => {
    places.length = 0;
    for (const { 0: run, index } of text.matchAll(runs)) {
      if (run.length === 1) putGrapheme(run, index);
      else for (const { segment, index: within } of segmenter.segment(run)) putGrapheme(segment, index + within);
    }
    return places;
  };
  return {
    normalize: (text) =>
      fromStart(
        text,
        rewrite(text, find, (match) => replacement(match)!),
      ),
    toJSON: () => ({ type: 'Precompiled', precompiled_charsmap: charsMap }),
  };
}

/** Maps the first unit of `after` to the start of `before`: as in the Rust library, it also stands for text removed there. */
function fromStart(before: Aligned, after: Aligned): Aligned {
  if (!after.text || after.from(0) === before.from(0)) return after;
  const bounds =
    after.bounds?.slice() ?? Int32Array.from({ length: 2 * after.text.length }, (_, i) => after.from(i >> 1) + (i & 1));
  bounds[0] = before.from(0);
  return new Aligned(after.text, after.start, bounds);
}

function bytesOf(charsMap: string): Uint8Array {
  try {
    return Uint8Array.from(atob(charsMap), (char) => char.charCodeAt(0));
  } catch {
    throw new OptionError(`precompiled: \`charsMap\` must be text in Base64, got ${showValue(charsMap)}`);
  }
}
