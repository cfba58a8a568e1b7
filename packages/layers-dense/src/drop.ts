import type { Context } from '@chainrule/layers-core';
import { map, randomUniform, scalar as e, type Shape, type Tensor } from '@chainrule/tensor';

/** While training, drops what belongs to a random part of the cells of a shape that broadcasts to that of `x`. */
export function drop(x: Tensor, rate: number, cells: Shape, { training, rng }: Context): Tensor {
  if (!training || rate === 0) return x;
  const u = randomUniform(rng, cells, { dtype: x.dtype === 'float64' ? 'float64' : 'float32' });
  return map((v, r) => e.select(e.lt(r, rate), 0, e.mul(v, 1 / (1 - rate))), [x, u]);
}
