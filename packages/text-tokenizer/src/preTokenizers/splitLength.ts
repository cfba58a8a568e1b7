import { aCount } from '@chainrule/errors/check';
import type { Aligned } from '../aligned.ts';
import type { PreTokenizer } from '../pipeline.ts';

/**
 * Splits a text into pieces of `length` characters; the last one may be shorter.
 *
 * @throws OptionError if `length` is not a positive integer
 * @example
 * splitLength(2).split(new Aligned('abcde'), true).map(({ text }) => text); // => ['ab','cd','e']
 */
export function splitLength(length: number): PreTokenizer {
  aCount('splitLength', 'length', length);
  return {
    split: (text) => {
      const pieces: Aligned[] = [];
      let [from, at, count] = [0, 0, 0];
      for (const char of text.text) {
        at += char.length;
        count += 1;
        if (count < length) continue;
        pieces.push(text.slice(from, at));
        [from, count] = [at, 0];
      }
      return count ? [...pieces, text.slice(from, at)] : pieces;
    },
    toJSON: () => ({ type: 'FixedLength', length }),
  };
}
