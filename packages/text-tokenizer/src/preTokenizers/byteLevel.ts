import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { Aligned, insertBefore } from '../aligned.ts';
import { BoundedCache } from '../boundedCache.ts';
import { byteLetters } from '../byteLetters.ts';
import type { PreTokenizer } from '../pipeline.ts';
import { matchesOf } from './matches.ts';

/** Options of {@link byteLevel}. */
export interface ByteLevelOptions {
  /** Whether to put a space before a text that does not start with one; by default false. */
  readonly addPrefixSpace?: boolean;
  /** Whether to split into words first, as GPT-2 does; by default true. */
  readonly useRegex?: boolean;
}

/** Radford et al., "Language Models are Unsupervised Multitask Learners", 2019, `encoder.py`. */
const gpt2 =
  /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;
const encoder = /* @__PURE__ */ new TextEncoder();

/** A word spelled in byte letters. `units` gives the word's units of each letter if they are not one to one. */
interface Spelling {
  readonly text: string;
  readonly units: readonly (readonly [number, number])[] | undefined;
}

function spell(word: string): Spelling {
  let text = '';
  const units: [number, number][] = [];
  let at = 0;
  for (const char of word) {
    for (const byte of encoder.encode(char)) {
      text += byteLetters[byte];
      units.push([at, at + char.length]);
    }
    at += char.length;
  }
  return { text, units: units.length === word.length ? undefined : units };
}

/**
 * Splits a text into words with the spaces before them, and spells each word in the letters of its UTF-8 bytes. These 256
 * letters can spell any text, so nothing is unknown.
 *
 * @example
 * byteLevel().split(new Aligned("it's é"), true).map(({ text }) => text); // => ['it',"'s",'ĠÃ©']
 */
export function byteLevel(options: ByteLevelOptions = {}): PreTokenizer {
  checkOptions('byteLevel', options, { addPrefixSpace: aBoolean, useRegex: aBoolean });
  const { addPrefixSpace = false, useRegex = true } = options;
  const spellings = new BoundedCache<Spelling>(65_536);
  const respell = (piece: Aligned): Aligned => {
    let spelling = spellings.get(piece.text);
    if (!spelling) {
      spelling = spell(piece.text);
      if (piece.text.length < 64) spellings.set(piece.text, spelling);
    }
    const { text, units } = spelling;
    const bounds = units
      ? Int32Array.from(units.flatMap(([from, to]) => [piece.from(from), piece.to(to)]))
      : piece.bounds;
    return new Aligned(text, piece.start, bounds);
  };
  return {
    split: (text) => {
      const spaced = addPrefixSpace && !text.text.startsWith(' ') ? insertBefore(text, ' ') : text;
      const words = useRegex ? matchesOf(spaced, gpt2, false) : [spaced];
      return words.map(respell);
    },
    toJSON: () => ({ type: 'ByteLevel', add_prefix_space: addPrefixSpace, trim_offsets: true, use_regex: useRegex }),
  };
}
