import { compilePattern, type Pattern, patternToJSON } from '../pattern.ts';
import type { Decoder } from '../steps.ts';

/**
 * Makes the suffix that ends words a space.
 *
 * @example
 * suffixDecoder('</w>').decode(['so</w>', 'what</w>'], new Set()).join(''); // => so what
 */
export function suffixDecoder(suffix = '</w>'): Decoder {
  return {
    decode: (tokens) => (suffix ? tokens.map((token, i) => token.replaceAll(suffix, i === tokens.length - 1 ? '' : ' ')) : [...tokens]),
    toJSON: () => ({ type: 'BPEDecoder', suffix }),
  };
}

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

/**
 * Makes all tokens one, for the decoders after it.
 *
 * @example
 * fuseDecoder().decode(['a', 'b'], new Set()); // => ['ab']
 */
export function fuseDecoder(): Decoder {
  return { decode: (tokens) => [tokens.join('')], toJSON: () => ({ type: 'Fuse' }) };
}

/**
 * Removes a character from the ends of each token, up to so many times.
 *
 * @example
 * stripDecoder(' ', 1, 0).decode(['  a'], new Set()); // => [' a']
 */
export function stripDecoder(content: string, start: number, stop: number): Decoder {
  const strip = (token: string): string => {
    let [from, to] = [0, token.length];
    while (from < Math.min(start, to) && token[from] === content) from += 1;
    while (token.length - to < stop && to > from && token[to - 1] === content) to -= 1;
    return token.slice(from, to);
  };
  return { decode: (tokens) => tokens.map(strip), toJSON: () => ({ type: 'Strip', content, start, stop }) };
}

/**
 * Decoders one after the other.
 *
 * @example
 * decoderSequence([replaceDecoder('▁', ' '), fuseDecoder(), stripDecoder(' ', 1, 0)]).decode(['▁a', '▁b'], new Set()); // => ['a b']
 */
export function decoderSequence(steps: readonly Decoder[]): Decoder {
  return {
    decode: (tokens, added) => steps.reduce<string[]>((done, step) => step.decode(done, added), [...tokens]),
    toJSON: () => ({ type: 'Sequence', decoders: steps.map((step) => step.toJSON()) }),
  };
}
