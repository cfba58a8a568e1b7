import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { compilePattern, type Pattern, patternToJSON } from '../pattern.ts';
import type { PreTokenizer } from '../pipeline.ts';
import { aBehavior, behaviorName, splitAt, type SplitBehavior } from './splitAt.ts';

export type { SplitBehavior };

/** Options of {@link splitPattern}. */
export interface SplitPatternOptions {
  /** What to do with matches; by default `isolated`. */
  readonly behavior?: SplitBehavior;
  /** Whether to swap the roles of matches and of the texts between them; by default false. */
  readonly invert?: boolean;
}

/**
 * Splits a text at the matches of a pattern.
 *
 * @example
 * const hyphens = splitPattern('-', { behavior: 'mergedWithNext' });
 * hyphens.split(new Aligned('a-b-c'), true).map(({ text }) => text); // => ['a','-b','-c']
 */
export function splitPattern(pattern: Pattern, options: SplitPatternOptions = {}): PreTokenizer {
  checkOptions('splitPattern', options, { behavior: aBehavior, invert: aBoolean });
  const { behavior = 'isolated', invert = false } = options;
  const compiled = compilePattern('splitPattern', pattern);
  return {
    split: (text) => splitAt(text, compiled, behavior, invert),
    toJSON: () => ({ type: 'Split', pattern: patternToJSON(pattern), behavior: behaviorName(behavior), invert }),
  };
}
