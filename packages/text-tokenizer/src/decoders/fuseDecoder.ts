import type { Decoder } from '../pipeline.ts';

/**
 * Joins all tokens into one, for the decoders after it.
 *
 * @example
 * fuseDecoder().decode(['a', 'b'], new Set()); // => ['ab']
 */
export function fuseDecoder(): Decoder {
  return { decode: (tokens) => [tokens.join('')], toJSON: () => ({ type: 'Fuse' }) };
}
