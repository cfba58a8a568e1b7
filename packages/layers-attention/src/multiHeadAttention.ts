import { aCount, checkOptions, type Checks } from '@chainrule/errors/check';
import {
  addBias,
  biasWeight,
  kernelChecks,
  type KernelOptions,
  kernelWeight,
  type Layer,
  type WeightBuilder,
} from '@chainrule/layers-core';
import { matmul, reshape, type Tensor, transpose, type Variable } from '@chainrule/tensor';
import { attentionChecks, attentionLayer, type AttentionOptions } from './attentionLayer.ts';
import type { AttentionRule } from './attentionRule.ts';
import { dotScores } from './dotProductAttention.ts';

/** Options of {@link multiHeadAttention}: those of all attention layers, and of kernels and biases. */
export interface MultiHeadAttentionOptions<Scores extends boolean = boolean, Heads extends number = number>
  extends AttentionOptions<Scores>, Omit<KernelOptions, 'activation' | 'name'> {
  /** Number of heads. */
  readonly numHeads: Heads;
  /** Features of queries and keys in each head. */
  readonly keyDim: number;
  /** Features of values in each head. Default `keyDim`. */
  readonly valueDim?: number;
}

const multiHeadChecks: Checks<MultiHeadAttentionOptions> = /* @__PURE__ */ (() => {
  const { activation: _activation, ...weights } = kernelChecks;
  return { ...weights, ...attentionChecks, numHeads: aCount, keyDim: aCount, valueDim: aCount };
})();

interface Projection {
  readonly kernel: Variable;
  readonly bias: Variable | undefined;
}

/**
 * Multi-head attention: several heads attend in parallel, each on its own projections (Vaswani et al. 2017). Inputs are the
 * query, the value (default the query) and the key (default the value), `[batch, time, features]`.
 *
 * [head₁ … headₙ]·O + o with headᵢ = softmax((query·Qᵢ)·(key·Kᵢ)ᵀ / √keyDim)·(value·Vᵢ), without the biases. Kernels are
 * `[features, heads · size]`; Keras stores the same numbers with rank 3.
 *
 * @returns a layer to `[batch, queries, features of the query]`; with `returnScores`, also the attention weights
 *   `[batch, heads, queries, keys]`
 * @throws OptionError for bad options; ShapeError for inputs that do not match
 * @example
 * multiHeadAttention({ numHeads: 4, keyDim: 8, causal: true }).outputShape([[2, 10, 32]]); // => 2,10,32
 */
export function multiHeadAttention<const Heads extends number, const Scores extends boolean = false>(
  options: MultiHeadAttentionOptions<Scores, Heads>,
): Layer<AttentionRule<'multiHeadAttention', Scores, 'query', [Heads]>> {
  checkOptions('multiHeadAttention', options, multiHeadChecks, 'numHeads', 'keyDim');
  const { numHeads, keyDim, valueDim = keyDim } = options;
  let projections: Readonly<Record<'query' | 'key' | 'value' | 'output', Projection>>;
  const heads = (x: Tensor, projection: Projection): Tensor => {
    const y = project(x, projection);
    return transpose(reshape(y, [...y.shape.slice(0, 2), numHeads, y.shape[2] / numHeads]), [0, 2, 1, 3]);
  };
  return attentionLayer({
    type: 'multiHeadAttention',
    args: [options],
    options,
    outputFeatures: ({ query }) => query,
    weightsShape: (batch, queries, keys) => [batch, numHeads, queries, keys],
    build(features, at) {
      const make = (part: string, from: number, to: number): Projection => makeProjection(at, part, from, to, options);
      projections = {
        query: make('query', features.query, numHeads * keyDim),
        key: make('key', features.key, numHeads * keyDim),
        value: make('value', features.value, numHeads * valueDim),
        output: make('output', numHeads * valueDim, features.query),
      };
    },
    score: ({ query, key, value }) => ({
      scores: dotScores(heads(query, projections.query), heads(key, projections.key), true),
      value: heads(value, projections.value),
    }),
    finish(output) {
      const joined = transpose(output, [0, 2, 1, 3]);
      return project(reshape(joined, [...joined.shape.slice(0, 2), numHeads * valueDim]), projections.output);
    },
  });
}

function makeProjection(
  at: WeightBuilder,
  part: string,
  from: number,
  to: number,
  options: MultiHeadAttentionOptions,
): Projection {
  return {
    kernel: kernelWeight(at, [from, to], options, `${part}Kernel`),
    bias: biasWeight(at, to, options, `${part}Bias`),
  };
}

function project(x: Tensor, { kernel, bias }: Projection): Tensor {
  return addBias(matmul(x, kernel.value), bias, undefined);
}
