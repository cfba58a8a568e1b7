import type { PreTokenizer } from '../steps.ts';
import { tiles } from './tiles.ts';

const spaces = /\s+|\S+/gu;
const words = /\s+|[\p{L}\p{M}\p{N}\p{Pc}]+|[^\p{L}\p{M}\p{N}\p{Pc}\s]+/gu;
const bertWords = /\s+|[^\s\p{P}!-/:-@[-`{-~]+|[\p{P}!-/:-@[-`{-~]/gu;

/**
 * Cuts at white space.
 *
 * @example
 * splitWhitespace().split(new Aligned('so, what'), true).map(({ text }) => text); // => ['so,','what']
 */
export function splitWhitespace(): PreTokenizer {
  return { split: (text) => tiles(text, spaces, true), toJSON: () => ({ type: 'WhitespaceSplit' }) };
}

/**
 * Cuts at white space and between words and what is none: letters, marks, numbers and underscores are words. This is
 * what Hugging Face calls Whitespace, in its Rust library; the one in JavaScript knows only ASCII's letters.
 *
 * @example
 * splitWords().split(new Aligned('so, what?!'), true).map(({ text }) => text); // => ['so',',','what','?!']
 */
export function splitWords(): PreTokenizer {
  return { split: (text) => tiles(text, words, true), toJSON: () => ({ type: 'Whitespace' }) };
}

/**
 * Cuts at white space and around each sign of punctuation, as BERT does.
 *
 * @example
 * splitBertWords().split(new Aligned('so, what?!'), true).map(({ text }) => text); // => ['so',',','what','?','!']
 */
export function splitBertWords(): PreTokenizer {
  return { split: (text) => tiles(text, bertWords, true), toJSON: () => ({ type: 'BertPreTokenizer' }) };
}
