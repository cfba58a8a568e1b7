import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { compilePattern, type Pattern, patternToJSON } from '../pattern.ts';
import type { PreTokenizer } from '../pipeline.ts';
import { aBehavior, behaviorName, cutAt, type SplitBehavior } from './cutAt.ts';

export type { SplitBehavior };

/** Options of {@link splitPattern}. */
export interface SplitPatternOptions {
  /** By default isolated. */
  readonly behavior?: SplitBehavior;
  /** Whether what does not match cuts; by default false. */
  readonly invert?: boolean;
}

/**
 * Cuts where a pattern matches.
 *
 * @example
 * const cut = splitPattern('-', { behavior: 'mergedWithNext' });
 * cut.split(new Aligned('a-b-c'), true).map(({ text }) => text); // => ['a','-b','-c']
 */
export function splitPattern(pattern: Pattern, options: SplitPatternOptions = {}): PreTokenizer {
  checkOptions('splitPattern', options, { behavior: aBehavior, invert: aBoolean });
  const { behavior = 'isolated', invert = false } = options;
  const compiled = compilePattern('splitPattern', pattern);
  return {
    split: (text) => cutAt(text, compiled, behavior, invert),
    toJSON: () => ({ type: 'Split', pattern: patternToJSON(pattern), behavior: behaviorName(behavior), invert }),
  };
}
