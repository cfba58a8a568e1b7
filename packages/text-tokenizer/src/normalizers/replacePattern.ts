import { rewrite } from '../aligned.ts';
import { compilePattern, type Pattern, patternToJSON } from '../pattern.ts';
import type { Normalizer } from '../steps.ts';

/**
 * Replaces what matches.
 *
 * @param pattern - text, or a regular expression as in {@link compilePattern}
 * @example
 * replacePattern({ regex: '\\s+' }, ' ').normalize(new Aligned('a \n b')).text; // => a b
 */
export function replacePattern(pattern: Pattern, content: string): Normalizer {
  const compiled = compilePattern('replacePattern', pattern);
  return {
    normalize: (text) => rewrite(text, compiled, () => content),
    toJSON: () => ({ type: 'Replace', pattern: patternToJSON(pattern), content }),
  };
}
