import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

function atanhOf(x: Expr): Expr {
  const a = e.abs(x);
  return e.mul(e.sign(x), e.mul(0.5, e.log1p(e.div(e.mul(2, a), e.sub(1, a)))));
}

/**
 * The inverse hyperbolic tangent of each element.
 *
 * ½ ln((1 + x) / (1 − x)), computed as ± ½ ln(1 + 2a / (1 − a)) with a = |x|, which is accurate for small values and
 * near ±1. ±∞ at ±1 and NaN beyond. The derivative is 1 / ((1 − x) · (1 + x)).
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * atanh(tensor([0, 0.5])).toArray(); // => 0,0.549306…
 */
export const atanh: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'atanh',
  lower: (x: Tensor) => map(atanhOf, [x]),
  pullback: (g: Tensor, _y: Tensor, x: Tensor) => [map((d, v) => e.div(d, e.mul(e.sub(1, v), e.add(1, v))), [g, x])],
  domain: { range: [-0.8, 0.8] },
});
