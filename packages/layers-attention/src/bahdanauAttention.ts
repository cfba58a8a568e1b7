import { aCount, anything, checkOptions } from '@chainrule/errors/check';
import { anInitializer, glorotUniform, type Initializer, type Layer } from '@chainrule/layers-core';
import { matmul, type Variable } from '@chainrule/tensor';
import { additiveScores } from './additiveAttention.ts';
import type { AttentionRule } from './attentionRule.ts';
import { attentionChecks, attentionLayer, type AttentionOptions } from './attentionLayer.ts';
import { checkWindow, type LocalWindow, localWindow, windowWeights, type WindowWeights } from './localWindow.ts';

/** Options of {@link bahdanauAttention}. */
export interface BahdanauAttentionOptions<Scores extends boolean = boolean> extends AttentionOptions<Scores> {
  /** Restricts each query to a window of keys. Default all keys. */
  readonly window?: LocalWindow;
  /** Initial values of the kernels. Default `glorotUniform`. */
  readonly kernelInitializer?: Initializer;
}

/**
 * Attention of Bahdanau, Cho and Bengio (2015). Inputs are the query, the value (default the query) and the key (default the
 * value).
 *
 * score(q, k) is s·tanh(W·q + U·k)
 *
 * @param units - size of the hidden layer that computes scores
 * @returns a layer to `[batch, queries, features of the value]`; with `returnScores`, also the attention weights
 * @throws OptionError for bad options; ShapeError for inputs that do not match
 * @example
 * bahdanauAttention(10).outputShape([[8, 3, 16], [8, 12, 32]]); // => 8,3,32
 */
export function bahdanauAttention<const Scores extends boolean = false>(
  units: number,
  options: BahdanauAttentionOptions<Scores> = {},
): Layer<AttentionRule<'bahdanauAttention', Scores>> {
  checkOptions('bahdanauAttention', options, {
    ...attentionChecks,
    window: anything,
    kernelInitializer: anInitializer,
  });
  const { name = 'bahdanauAttention', window, kernelInitializer = glorotUniform } = options;
  aCount(name, 'units', units);
  checkWindow(name, window);
  let weights: Readonly<Record<'query' | 'key' | 'scale', Variable>>;
  let windowParameters: WindowWeights | undefined;
  return attentionLayer({
    type: 'bahdanauAttention',
    args: [units, options],
    options,
    outputFeatures: ({ value }) => value,
    weightsShape: (batch, queries, keys) => [batch, queries, keys],
    build(features, at) {
      weights = {
        query: at.weight('queryKernel', [features.query, units], kernelInitializer),
        key: at.weight('keyKernel', [features.key, units], kernelInitializer),
        scale: at.weight('scale', [units], kernelInitializer),
      };
      windowParameters = windowWeights(at, features.query, window);
    },
    score(inputs) {
      const { query, key, value } = inputs;
      const scores = additiveScores(
        matmul(query, weights.query.value),
        matmul(key, weights.key.value),
        weights.scale.value,
      );
      return { scores, value, ...(window && localWindow(inputs, window, windowParameters)) };
    },
  });
}
