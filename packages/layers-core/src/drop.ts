import { map, randomUniform, scalar as e, type Shape, type Tensor } from '@chainrule/tensor';
import type { Context } from './layer.ts';

/**
 * While training, sets to 0 what belongs to a random part of the cells, and scales the rest by 1 / (1 − rate): what all
 * layers with dropout do.
 *
 * @param cells - a shape that broadcasts to that of `x`: what shares a cell is dropped together
 * @example
 * drop(ones([4, 3]), 0.5, [1, 3], { training: false, rng: new Generator(1) }).shape; // => 4,3
 */
export function drop(x: Tensor, rate: number, cells: Shape, { training, rng }: Context): Tensor {
  if (!training || rate === 0) return x;
  const u = randomUniform(rng, cells, { dtype: x.dtype === 'float64' ? 'float64' : 'float32' });
  return map((v, r) => e.select(e.lt(r, rate), 0, e.mul(v, 1 / (1 - rate))), [x, u]);
}
