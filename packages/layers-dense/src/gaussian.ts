import type { Context } from '@chainrule/layers-core';
import { randomNormal, type Tensor } from '@chainrule/tensor';

/** Normal random numbers of the shape and dtype of `x`. */
export function normalLike(x: Tensor, mean: number, std: number, { rng }: Context): Tensor {
  return randomNormal(rng, x.shape, { mean, std, dtype: x.dtype === 'float64' ? 'float64' : 'float32' });
}
