import { aString } from '@chainrule/errors/check';
import { compilePattern, type Pattern, patternToJSON } from '../pattern.ts';
import { checkGrowth } from './growth.ts';
import type { Decoder } from '../pipeline.ts';

/**
 * Replaces each match of a pattern in each token.
 *
 * @throws OptionError for an unsupported expression; `decode` throws ValueError if the text grows beyond 16 times its
 * length plus 65,536 units
 *
 * @example
 * replaceDecoder('▁', ' ').decode(['so', '▁what'], new Set()).join(''); // => so what
 */
export function replaceDecoder(pattern: Pattern, content: string): Decoder {
  aString('replaceDecoder', 'content', content);
  const compiled = compilePattern('replaceDecoder', pattern);
  return {
    decode: (tokens) => {
      const texts: string[] = [];
      for (const token of tokens) {
        const places = compiled(token);
        let [text, at] = ['', 0];
        for (let i = 0; i < places.length; i += 2) {
          text += token.slice(at, places[i]) + content;
          at = places[i + 1]!;
        }
        texts.push(text + token.slice(at));
      }
      return checkGrowth('replaceDecoder', tokens, texts);
    },
    toJSON: () => ({ type: 'Replace', pattern: patternToJSON(pattern), content }),
  };
}
