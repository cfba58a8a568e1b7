import { listOf } from '@chainrule/errors/check';
import { aDecoder } from '../checks.ts';
import { checkGrowth } from './growth.ts';
import type { Decoder } from '../pipeline.ts';

/**
 * Applies decoders in order.
 *
 * @throws ValueError, in `decode`, if the text grows beyond 16 times its length plus 65,536 units
 *
 * @example
 * decoderSequence([replaceDecoder('▁', ' '), fuseDecoder(), stripDecoder(' ', 1, 0)]).decode(['▁a', '▁b'], new Set()); // => ['a b']
 */
export function decoderSequence(steps: readonly Decoder[]): Decoder {
  listOf('a list of decoders', aDecoder)('decoderSequence', 'steps', steps);
  return {
    decode: (tokens, added) =>
      steps.reduce<string[]>(
        (done, step) => checkGrowth('decoderSequence', tokens, step.decode(done, added)),
        [...tokens],
      ),
    toJSON: () => ({ type: 'Sequence', decoders: steps.map((step) => step.toJSON()) }),
  };
}
