import { checkOptions } from '@chainrule/errors/check';
import { expandDims, map, matmul, scalar as e, squeeze, sum, type Tensor } from '@chainrule/tensor';
import { aTensor, withOpName } from '@chainrule/tensor/graph';
import { attend, checkAttention, maskChecks, type AttentionMaskOptions } from './attend.ts';

/** Options of {@link additiveAttention}. */
export interface AdditiveAttentionOptions extends AttentionMaskOptions {
  /** Weight of each feature, `[features]`. Default 1. */
  readonly scale?: Tensor;
}

/**
 * Additive attention: the score of a query and a key comes from their sum instead of their product.
 *
 * Σⱼ softmaxⱼ(Σ scale·tanh(queryᵢ + keyⱼ))·valueⱼ, as Keras' AdditiveAttention: the attention of Bahdanau, Cho and Bengio (2015)
 * after the projections of query and key
 *
 * @param query - `[…, queries, features]`
 * @param key - `[…, keys, features]`
 * @param value - `[…, keys, any]`
 * @returns `[…, queries, any]`; 0 for a query that attends to no key
 * @throws ShapeError for shapes that do not match; DTypeError for a mask that is not bool
 * @example
 * additiveAttention(zeros([2, 3, 4]), zeros([2, 5, 4]), ones([2, 5, 1])).shape; // => 2,3,1
 */
export function additiveAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: AdditiveAttentionOptions = {},
): Tensor {
  checkAttention('additiveAttention', query, key, value);
  checkOptions('additiveAttention', options, { ...maskChecks, scale: aTensor });
  return withOpName(
    'additiveAttention',
    () => attend(additiveScores(query, key, options.scale), value, options).output,
  );
}

/** Scores Σ scale·tanh(queryᵢ + keyⱼ), `[…, queries, keys]`. */
export function additiveScores(query: Tensor, key: Tensor, scale: Tensor | undefined): Tensor {
  const each = map((q, k) => e.tanh(e.add(q, k)), [expandDims(query, -2), expandDims(key, -3)]);
  return scale ? squeeze(matmul(each, expandDims(scale, -1)), -1) : sum(each, { axis: -1 });
}
