import { aBoolean, checkOptions } from '@chainrule/errors/check';
import { matmul, mul, type Tensor } from '@chainrule/tensor';
import { withOpName } from '@chainrule/tensor/graph';
import { attend, checkAttention, maskChecks, type AttentionMaskOptions } from './attend.ts';

/** Options of {@link dotProductAttention}. */
export interface DotProductAttentionOptions extends AttentionMaskOptions {
  /** Whether to divide scores by √features (Keras' Attention does not). Default true. */
  readonly scale?: boolean;
}

/**
 * Scaled dot-product attention: for each query, the average of the values, weighted by the scores of their keys.
 *
 * softmax(query·keyᵀ / √features)·value (Vaswani et al. 2017); without `scale` as Luong, Pham, Manning 2015
 *
 * @param query - `[…, queries, features]`
 * @param key - `[…, keys, features]`
 * @param value - `[…, keys, any]`
 * @returns `[…, queries, any]`; 0 for a query that attends to no key
 * @throws ShapeError for shapes that do not match; DTypeError for a mask that is not bool
 * @example
 * const [query, key, value] = [tensor([[1, 0]]), tensor([[1, 0], [0, 1]]), tensor([[1], [3]])];
 * dotProductAttention(query, key, value, { mask: tensor([true, false], undefined, 'bool') }).toArray(); // => [[1]]
 */
export function dotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  options: DotProductAttentionOptions = {},
): Tensor {
  checkAttention('dotProductAttention', query, key, value);
  checkOptions('dotProductAttention', options, { ...maskChecks, scale: aBoolean });
  return withOpName(
    'dotProductAttention',
    () => attend(dotScores(query, key, options.scale ?? true), value, options).output,
  );
}

/** Scores query·keyᵀ, `[…, queries, keys]`. */
export function dotScores(query: Tensor, key: Tensor, scale: boolean): Tensor {
  const scores: Tensor = matmul(query, key, { transposeB: true });
  return scale ? mul(scores, 1 / Math.sqrt(query.shape.at(-1)!)) : scores;
}
