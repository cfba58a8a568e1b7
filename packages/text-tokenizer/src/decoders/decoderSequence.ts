import type { Decoder } from '../steps.ts';

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
