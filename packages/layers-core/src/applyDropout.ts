import { map, randomUniform, scalar as e, type Shape, type Tensor } from '@chainrule/tensor';
import type { Context } from './layer.ts';

/**
 * Applies dropout: during training, sets random elements to 0 and scales the rest by 1 / (1 − rate). All layers use it.
 *
 * @param rate - probability to drop an element
 * @param noiseShape - shape of the random numbers, which broadcasts to the shape of `x`; elements that share a number are
 *   dropped together
 * @example
 * applyDropout(ones([4, 3]), 0.5, [1, 3], { training: false, rng: new Generator(1) }).shape; // => 4,3
 */
export function applyDropout(x: Tensor, rate: number, noiseShape: Shape, { training, rng }: Context): Tensor {
  if (!training || rate === 0) return x;
  const u = randomUniform(rng, noiseShape, { dtype: x.dtype === 'float64' ? 'float64' : 'float32' });
  return map((v, r) => e.select(e.lt(r, rate), 0, e.mul(v, 1 / (1 - rate))), [x, u]);
}
