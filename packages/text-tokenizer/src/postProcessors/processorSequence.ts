import type { PostProcessor } from '../steps.ts';

/**
 * Post-processors one after the other.
 *
 * @example
 * const bos = template({ single: [{ token: '<s>' }, { text: 'A' }], specialTokens: { '<s>': 0 } });
 * const postProcessor = processorSequence([byteLevelProcessing(), bos]);
 * const model = bpe({ vocab: ['<s>', 'a'], merges: [] });
 * new Tokenizer({ model, postProcessor }).encode('a').tokens; // => ['<s>','a']
 */
export function processorSequence(steps: readonly PostProcessor[]): PostProcessor {
  return {
    process: (texts, addSpecialTokens) => steps.reduce((done, step) => step.process(done, addSpecialTokens), [...texts]),
    toJSON: () => ({ type: 'Sequence', processors: steps.map((step) => step.toJSON()) }),
  };
}
