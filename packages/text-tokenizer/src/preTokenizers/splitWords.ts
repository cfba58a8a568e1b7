import { punctuationClass, spaceClass, wordClass } from '../characters.ts';
import type { PreTokenizer } from '../pipeline.ts';
import { matchesOf } from './matches.ts';

const spaces = /* @__PURE__ */ new RegExp(`${spaceClass}+|[^${spaceClass}]+`, 'gv');
const words = /* @__PURE__ */ new RegExp(`${spaceClass}+|${wordClass}+|[^${wordClass}${spaceClass}]+`, 'gv');
const bertWords = /* @__PURE__ */ new RegExp(
  `${spaceClass}+|[^${spaceClass}${punctuationClass}]+|${punctuationClass}`,
  'gv',
);

/**
 * Splits a text at whitespace, as Unicode defines it.
 *
 * @example
 * splitWhitespace().split(new Aligned('so, what'), true).map(({ text }) => text); // => ['so,','what']
 */
export function splitWhitespace(): PreTokenizer {
  return { split: (text) => matchesOf(text, spaces, true), toJSON: () => ({ type: 'WhitespaceSplit' }) };
}

/**
 * Splits a text at whitespace and between words and other characters. As in Rust's `\w`, words consist of letters, marks,
 * decimal digits, underscores and joiners. Hugging Face calls this step Whitespace.
 *
 * @example
 * splitWords().split(new Aligned('so, what?!'), true).map(({ text }) => text); // => ['so',',','what','?!']
 */
export function splitWords(): PreTokenizer {
  return { split: (text) => matchesOf(text, words, true), toJSON: () => ({ type: 'Whitespace' }) };
}

/**
 * Splits a text at whitespace and around each punctuation character, as BERT does.
 *
 * @example
 * splitBertWords().split(new Aligned('so, what?!'), true).map(({ text }) => text); // => ['so',',','what','?','!']
 */
export function splitBertWords(): PreTokenizer {
  return { split: (text) => matchesOf(text, bertWords, true), toJSON: () => ({ type: 'BertPreTokenizer' }) };
}
