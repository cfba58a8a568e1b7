import type { Decoder } from '../pipeline.ts';

/**
 * Makes all tokens one, for the decoders after it.
 *
 * @example
 * fuseDecoder().decode(['a', 'b'], new Set()); // => ['ab']
 */
export function fuseDecoder(): Decoder {
  return { decode: (tokens) => [tokens.join('')], toJSON: () => ({ type: 'Fuse' }) };
}
