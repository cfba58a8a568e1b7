import { aString, integerFrom } from '@chainrule/errors/check';
import type { Decoder } from '../pipeline.ts';

/**
 * Removes a character from both ends of each token, up to the given number of times.
 *
 * @example
 * stripDecoder(' ', 1, 0).decode(['  a'], new Set()); // => [' a']
 */
export function stripDecoder(content: string, start: number, stop: number): Decoder {
  aString('stripDecoder', 'content', content);
  integerFrom(0)('stripDecoder', 'start', start);
  integerFrom(0)('stripDecoder', 'stop', stop);
  const strip = (token: string): string => {
    let [from, to] = [0, token.length];
    while (from < Math.min(start, to) && token[from] === content) from += 1;
    while (token.length - to < stop && to > from && token[to - 1] === content) to -= 1;
    return token.slice(from, to);
  };
  return { decode: (tokens) => tokens.map(strip), toJSON: () => ({ type: 'Strip', content, start, stop }) };
}
