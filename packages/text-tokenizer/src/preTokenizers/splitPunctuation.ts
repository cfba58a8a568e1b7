import { punctuationClass } from '../characters.ts';
import { finderOf } from '../pattern.ts';
import type { PreTokenizer } from '../pipeline.ts';
import { aBehavior, behaviorName, cutAt, type SplitBehavior } from './cutAt.ts';

const punctuation = /* @__PURE__ */ finderOf(/* @__PURE__ */ new RegExp(punctuationClass, 'gv'));

/**
 * Cuts at punctuation: Unicode's, and all signs of ASCII. By default each sign is a piece.
 *
 * @example
 * splitPunctuation().split(new Aligned('so!?'), true).map(({ text }) => text); // => ['so','!','?']
 */
export function splitPunctuation(behavior: SplitBehavior = 'isolated'): PreTokenizer {
  aBehavior('splitPunctuation', 'behavior', behavior);
  return {
    split: (text) => cutAt(text, punctuation, behavior),
    toJSON: () => ({ type: 'Punctuation', behavior: behaviorName(behavior) }),
  };
}
