import { aString } from '@chainrule/errors/check';
import { rewrite } from '../aligned.ts';
import { compilePattern, type Pattern, patternToJSON } from '../pattern.ts';
import type { Normalizer } from '../pipeline.ts';

/**
 * Replaces each match of a pattern.
 *
 * @param pattern - text, or a regular expression in Oniguruma's syntax
 * @throws OptionError for an unsupported expression; `normalize` throws ValueError if the text grows beyond 32 times its
 * length plus 65,536 units
 * @example
 * replacePattern({ regex: '\\s+' }, ' ').normalize(new Aligned('a \n b')).text; // => a b
 */
export function replacePattern(pattern: Pattern, content: string): Normalizer {
  aString('replacePattern', 'content', content);
  const compiled = compilePattern('replacePattern', pattern);
  return {
    normalize: (text) => rewrite(text, compiled, () => content),
    toJSON: () => ({ type: 'Replace', pattern: patternToJSON(pattern), content }),
  };
}
