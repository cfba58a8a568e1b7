import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/** From here on, √(x² − 1) rounds to x, in float64 too. */
const large = 2 ** 28;

function acoshOf(x: Expr): Expr {
  const t = e.sub(x, 1);
  const near = e.log1p(e.add(t, e.mul(e.sqrt(t), e.sqrt(e.add(t, 2)))));
  return e.select(e.lt(x, large), near, e.add(e.log(x), Math.LN2));
}

/**
 * The inverse hyperbolic cosine of each element, which is at least 0.
 *
 * ln(x + √(x² − 1)), computed as ln(1 + (t + √t · √(t + 2))) with t = x − 1, which is accurate near 1, and as ln x + ln
 * 2 if that would overflow. NaN below 1. The derivative, 1 / (√(x − 1) · √(x + 1)), is infinite at 1.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * acosh(tensor([1, 2])).toArray(); // => 0,1.316957…
 */
export const acosh: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'acosh',
  lower: (x: Tensor) => map(acoshOf, [x]),
  pullback: (g: Tensor, _y: Tensor, x: Tensor) => [
    map((d, v) => e.div(d, e.mul(e.sqrt(e.sub(v, 1)), e.sqrt(e.add(v, 1)))), [g, x]),
  ],
  domain: { range: [1.2, 4] },
});
