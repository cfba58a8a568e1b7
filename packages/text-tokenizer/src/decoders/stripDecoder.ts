import { checkThat, integerFrom } from '@chainrule/errors/check';
import type { Decoder } from '../pipeline.ts';

const aCharacter = /* @__PURE__ */ checkThat(
  'one character',
  (value) => typeof value === 'string' && [...value].length === 1,
);

/**
 * Removes a character from both ends of each token, up to the given number of times.
 *
 * @example
 * stripDecoder(' ', 1, 0).decode(['  a'], new Set()); // => [' a']
 */
export function stripDecoder(content: string, start: number, stop: number): Decoder {
  aCharacter('stripDecoder', 'content', content);
  integerFrom(0)('stripDecoder', 'start', start);
  integerFrom(0)('stripDecoder', 'stop', stop);
  const strip = (token: string): string => {
    let [from, to] = [0, token.length];
    const [first, last] = [start * content.length, to - stop * content.length];
    while (from < first && token.startsWith(content, from)) from += content.length;
    while (to > last && to - content.length >= from && token.endsWith(content, to)) to -= content.length;
    return token.slice(from, to);
  };
  return { decode: (tokens) => tokens.map(strip), toJSON: () => ({ type: 'Strip', content, start, stop }) };
}
