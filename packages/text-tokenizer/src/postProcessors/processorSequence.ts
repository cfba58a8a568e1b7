import { listOf } from '@chainrule/errors/check';
import { aPostProcessor } from '../checks.ts';
import { checkTokens } from '../encoding.ts';
import type { PostProcessor } from '../pipeline.ts';

/**
 * Applies post-processors in order.
 *
 * @throws ValueError, in `encode`, if they make more than 16 times the tokens of the texts plus 65,536
 *
 * @example
 * const bos = template({ single: [{ token: '<s>' }, { text: 'A' }], specialTokens: { '<s>': 0 } });
 * const postProcessor = processorSequence([byteLevelProcessing(), bos]);
 * const model = bpe({ vocab: ['<s>', 'a'], merges: [] });
 * new Tokenizer({ model, postProcessor }).encode('a').tokens; // => ['<s>','a']
 */
export function processorSequence(steps: readonly PostProcessor[]): PostProcessor {
  listOf('a list of post-processors', aPostProcessor)('processorSequence', 'steps', steps);
  return {
    process: (texts, addSpecialTokens) =>
      steps.reduce(
        (done, step) => checkTokens('processorSequence', texts, step.process(done, addSpecialTokens)),
        [...texts],
      ),
    toJSON: () => ({ type: 'Sequence', processors: steps.map((step) => step.toJSON()) }),
  };
}
