import { punctuationClass } from '../characters.ts';
import { finderOf } from '../pattern.ts';
import type { PreTokenizer } from '../pipeline.ts';
import { aBehavior, behaviorName, splitAt, type SplitBehavior } from './splitAt.ts';

const punctuation = /* @__PURE__ */ finderOf(/* @__PURE__ */ new RegExp(punctuationClass, 'gv'));

/**
 * Splits a text at punctuation: that of Unicode, and all ASCII symbols. By default each becomes a piece of its own.
 *
 * @example
 * splitPunctuation().split(new Aligned('so!?'), true).map(({ text }) => text); // => ['so','!','?']
 */
export function splitPunctuation(behavior: SplitBehavior = 'isolated'): PreTokenizer {
  aBehavior('splitPunctuation', 'behavior', behavior);
  return {
    split: (text) => splitAt(text, punctuation, behavior),
    toJSON: () => ({ type: 'Punctuation', behavior: behaviorName(behavior) }),
  };
}
