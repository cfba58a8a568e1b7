import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';
import { fromBelow, within } from './saturate.ts';

/**
 * tanh(ln(1 + eˣ)) = n(n + 2) / (n(n + 2) + 2) with n = eˣ. For x > 0 the fraction is reduced by n², so it does not
 * overflow.
 */
function gate(x: Expr): Expr {
  const up = e.exp(x);
  const [low, n] = [e.mul(up, e.add(up, 2)), e.exp(e.neg(x))];
  const high = e.add(1, e.mul(2, n));
  return e.select(e.le(x, 0), e.div(low, e.add(low, 2)), e.div(high, e.add(high, e.mul(2, e.mul(n, n)))));
}

/**
 * A smooth rectifier.
 *
 * x · t with t = tanh(ln(1 + eˣ)) (Misra 2019). The limits at −∞ and ∞ are −0 and ∞; those of the gradient t + x · (1 −
 * t²) · σ(x) are 0 and 1.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * mish(tensor([0, 1])).toArray(); // => 0,0.865098…
 */
export const mish: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'mish',
  lower: (x: Tensor) => map((v) => e.mul(fromBelow(v), gate(v)), [x]),
  pullback: (g: Tensor, _y: Tensor, x: Tensor) => [
    map(
      (d, v) => {
        const t = gate(v);
        return e.mul(d, e.add(t, e.mul(e.mul(within(v), e.sub(1, e.mul(t, t))), e.sigmoid(v))));
      },
      [g, x],
    ),
  ],
});
