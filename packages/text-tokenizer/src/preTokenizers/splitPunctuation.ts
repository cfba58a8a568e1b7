import type { PreTokenizer } from '../steps.ts';
import { behaviorName, cutAt, type SplitBehavior } from './cutAt.ts';

/**
 * Cuts punctuation off: each sign a piece unless told. Unicode's punctuation, and all of ASCII's signs.
 *
 * @example
 * splitPunctuation().split(new Aligned('so!?'), true).map(({ text }) => text); // => ['so','!','?']
 */
export function splitPunctuation(behavior: SplitBehavior = 'isolated'): PreTokenizer {
  return {
    split: (text) => cutAt(text, /[\p{P}!-/:-@[-`{-~]/gu, behavior),
    toJSON: () => ({ type: 'Punctuation', behavior: behaviorName(behavior) }),
  };
}
