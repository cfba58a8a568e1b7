import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';
import { fromBelow, within } from './saturate.ts';

/**
 * The sigmoid-weighted linear unit, also called swish.
 *
 * x / (1 + e⁻ˣ) (Elfwing et al. 2018; Ramachandran et al. 2017). The limits at −∞ and ∞ are −0 and ∞; those of the
 * gradient σ(x) · (1 + x · (1 − σ(x))) are 0 and 1.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * silu(tensor([0, 1])).toArray(); // => 0,0.731058…
 */
export const silu: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'silu',
  lower: (x: Tensor) => map((v) => e.mul(fromBelow(v), e.sigmoid(v)), [x]),
  pullback: (g: Tensor, _y: Tensor, x: Tensor) => [
    map(
      (d, v) => {
        const [held, gate] = [within(v), e.sigmoid(v)];
        return e.mul(d, e.mul(gate, e.add(1, e.mul(held, e.sub(1, gate)))));
      },
      [g, x],
    ),
  ],
});
