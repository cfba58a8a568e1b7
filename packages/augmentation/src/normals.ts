import { map, reshape, scalar as e, slice, type Tensor } from '@chainrule/tensor';
import type { Scene } from './scene.ts';

/**
 * Numbers from the standard normal distribution, the same for an image whatever its batch: `[batch, ...shape]`.
 *
 * √(−2 ln(1 − u)) cos 2πv (Box and Muller 1958)
 */
export function normals(scene: Scene, shape: readonly number[]): Tensor {
  const pairs = scene.draw([2, ...shape]);
  const size = [scene.batch, 1, ...shape];
  const [u, v] = [0, 1].map((k) =>
    reshape(slice(pairs, [0, k, ...shape.map(() => 0)], size), [scene.batch, ...shape]),
  ) as [Tensor, Tensor];
  const radius = (x: e.Scalar): e.Scalar => e.sqrt(e.mul(-2, e.log(e.sub(1, x))));
  return map((x, y) => e.mul(radius(x), e.cos(e.mul(2 * Math.PI, y))), [u, v]);
}
