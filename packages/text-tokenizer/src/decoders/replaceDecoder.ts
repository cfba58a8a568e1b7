import { compilePattern, type Pattern, patternToJSON } from '../pattern.ts';
import type { Decoder } from '../steps.ts';

/**
 * Replaces what matches in each token.
 *
 * @example
 * replaceDecoder('▁', ' ').decode(['so', '▁what'], new Set()).join(''); // => so what
 */
export function replaceDecoder(pattern: Pattern, content: string): Decoder {
  const compiled = compilePattern('replaceDecoder', pattern);
  return {
    decode: (tokens) => tokens.map((token) => token.replace(compiled, () => content)),
    toJSON: () => ({ type: 'Replace', pattern: patternToJSON(pattern), content }),
  };
}
