import { punctuationClass, spaceClass, wordClass } from '../characters.ts';
import type { PreTokenizer } from '../pipeline.ts';
import { tiles } from './tiles.ts';

const spaces = /* @__PURE__ */ new RegExp(`${spaceClass}+|[^${spaceClass}]+`, 'gv');
const words = /* @__PURE__ */ new RegExp(`${spaceClass}+|${wordClass}+|[^${wordClass}${spaceClass}]+`, 'gv');
const bertWords = /* @__PURE__ */ new RegExp(
  `${spaceClass}+|[^${spaceClass}${punctuationClass}]+|${punctuationClass}`,
  'gv',
);

/**
 * Cuts at white space, as Unicode defines it.
 *
 * @example
 * splitWhitespace().split(new Aligned('so, what'), true).map(({ text }) => text); // => ['so,','what']
 */
export function splitWhitespace(): PreTokenizer {
  return { split: (text) => tiles(text, spaces, true), toJSON: () => ({ type: 'WhitespaceSplit' }) };
}

/**
 * Cuts at white space and between words and other characters. Words hold letters, marks, decimal digits, underscores and
 * joiners, as Rust's `\w` does. Hugging Face calls this step Whitespace.
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
