import { anInitializer, glorotUniform, type Initializer, type Layer } from '@chainrule/layers-core';
import { aBoolean, aCount, anything, checkOptions, oneOf } from '@chainrule/errors/check';
import { matmul, slice, type Tensor, type Variable } from '@chainrule/tensor';
import { additiveScores } from './additiveAttention.ts';
import type { AttentionRule } from './attentionRule.ts';
import { attentionChecks, attentionLayer, type AttentionOptions } from './attentionLayer.ts';
import { dotScores } from './dotProductAttention.ts';
import { checkWindow, type LocalWindow, localWindow, windowWeights, type WindowWeights } from './localWindow.ts';

/** Options of {@link luongAttention}. */
export interface LuongAttentionOptions<Scores extends boolean = boolean> extends AttentionOptions<Scores> {
  /** Score of a query and a key. Default 'dot'. */
  readonly score?: 'dot' | 'general' | 'concat';
  /** Whether to divide 'dot' and 'general' scores by √features. Default false. */
  readonly scale?: boolean;
  /** Size of the hidden layer of 'concat'. Default the number of features of the query. */
  readonly units?: number;
  /** Restricts each query to a window of keys. Default all keys. */
  readonly window?: LocalWindow;
  /** Initial values of the kernels. Default `glorotUniform`. */
  readonly kernelInitializer?: Initializer;
}

/** Scores of `concat` without concatenating each query with each key: W·[q; k] = W₁·q + W₂·k. */
function concatScores(query: Tensor, key: Tensor, kernel: Tensor, scale: Tensor): Tensor {
  const features = query.shape[2];
  const [forQuery, forKey] = [slice(kernel, [0, 0], [features, -1]), slice(kernel, [features, 0], [-1, -1])];
  return additiveScores(matmul(query, forQuery), matmul(key, forKey), scale);
}

/**
 * Attention of Luong, Pham and Manning (2015): for each query `[batch, queries, features]`, the average of the values
 * `[batch, keys, …]`, weighted by the scores of their keys. Inputs are the query, the value (default the query) and the
 * key (default the value).
 *
 * score(q, k) is q·k (dot), q·W·k (general), or s·tanh(W·[q; k]) (concat)
 *
 * @param options - `score`, `window` for local attention
 * @returns a layer to `[batch, queries, features of the value]`; with `returnScores`, also the attention weights
 * @throws OptionError for bad options; ShapeError for inputs that do not match
 * @example
 * luongAttention({ score: 'general' }).outputShape([[8, 3, 16], [8, 10, 32]]); // => 8,3,32
 */
export function luongAttention<const Scores extends boolean = false>(
  options: LuongAttentionOptions<Scores> = {},
): Layer<AttentionRule<'luongAttention', Scores>> {
  checkOptions('luongAttention', options, {
    ...attentionChecks,
    score: oneOf('dot', 'general', 'concat'),
    scale: aBoolean,
    units: aCount,
    window: anything,
    kernelInitializer: anInitializer,
  });
  const {
    name = 'luongAttention',
    score = 'dot',
    scale = false,
    units,
    window,
    kernelInitializer = glorotUniform,
  } = options;
  checkWindow(name, window);
  let kernel: Variable | undefined;
  let factors: Variable | undefined;
  let windowParameters: WindowWeights | undefined;
  return attentionLayer({
    type: 'luongAttention',
    args: [options],
    options,
    outputFeatures: ({ value }) => value,
    weightsShape: (batch, queries, keys) => [batch, queries, keys],
    build(features, at) {
      const size = units ?? features.query;
      if (score === 'general') kernel = at.weight('kernel', [features.query, features.key], kernelInitializer);
      if (score === 'concat') {
        kernel = at.weight('kernel', [features.query + features.key, size], kernelInitializer);
        factors = at.weight('scale', [size], kernelInitializer);
      }
      windowParameters = windowWeights(at, features.query, window);
    },
    score(inputs) {
      const { query, key, value } = inputs;
      const scores = factors
        ? concatScores(query, key, kernel!.value, factors.value)
        : dotScores(kernel ? matmul(query, kernel.value) : query, key, scale);
      return { scores, value, ...(window && localWindow(inputs, window, windowParameters)) };
    },
  });
}
