import { checkOptions } from '@chainrule/errors/check';
import { aTensor, expandDims, map, matmul, scalar as e, squeeze, sum, type Tensor } from '@chainrule/tensor';
import { withOpName } from '@chainrule/tensor/graph';
import { attend, checkAttention, sightChecks, type SightOptions } from './attend.ts';

/** Options of {@link additiveAttention}. */
export interface AdditiveAttentionOptions extends SightOptions {
  /** `[features]`, what each feature counts. Default 1. */
  readonly scale?: Tensor;
}

/**
 * Additive attention: scores from a sum instead of a product.
 *
 * Σⱼ softmaxⱼ(Σ scale·tanh(queryᵢ + keyⱼ))·valueⱼ (Bahdanau, Cho, Bengio 2015, after its products with weights; Keras'
 * AdditiveAttention)
 *
 * @param query - `[…, queries, features]`
 * @param key - `[…, keys, features]`
 * @param value - `[…, keys, any]`
 * @returns `[…, queries, any]`; 0 for a query that may see no key
 * @throws ShapeError for shapes that do not fit together; DTypeError for a mask that is not bool
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
  checkOptions('additiveAttention', options, { ...sightChecks, scale: aTensor });
  return withOpName(
    'additiveAttention',
    () => attend(additiveScores(query, key, options.scale), value, options).output,
  );
}

/** Σ scale·tanh(queryᵢ + keyⱼ), `[…, queries, keys]` */
export function additiveScores(query: Tensor, key: Tensor, scale: Tensor | undefined): Tensor {
  const each = map((q, k) => e.tanh(e.add(q, k)), [expandDims(query, -2), expandDims(key, -3)]);
  return scale ? squeeze(matmul(each, expandDims(scale, -1)), -1) : sum(each, { axis: -1 });
}
