import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/** From here on, √(a² ± 1) rounds to a, in float64 too. */
const large = 2 ** 28;

function asinhOf(x: Expr): Expr {
  const a = e.abs(x);
  const square = e.mul(a, a);
  const near = e.log1p(e.add(a, e.div(square, e.add(1, e.sqrt(e.add(square, 1))))));
  return e.mul(e.sign(x), e.select(e.lt(a, large), near, e.add(e.log(a), Math.LN2)));
}

/** 1 / √(x² + 1). Beyond 1 it uses 1/x, whose square does not overflow. */
function slopeOf(x: Expr): Expr {
  const a = e.abs(x);
  const inverse = e.div(1, a);
  return e.select(
    e.lt(a, 1),
    e.div(1, e.sqrt(e.add(e.mul(x, x), 1))),
    e.div(inverse, e.sqrt(e.add(e.mul(inverse, inverse), 1))),
  );
}

/**
 * The inverse hyperbolic sine of each element.
 *
 * ln(x + √(x² + 1)), computed as ± ln(1 + (a + a² / (1 + √(a² + 1)))) with a = |x|, which is accurate for small values,
 * and as ± (ln a + ln 2) if a² would overflow. The pullback states the derivative, 1 / √(x² + 1), for the same reason.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * asinh(tensor([0, 1])).toArray(); // => 0,0.881373…
 */
export const asinh: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'asinh',
  lower: (x: Tensor) => map(asinhOf, [x]),
  pullback: (g: Tensor, _y: Tensor, x: Tensor) => [map((d, v) => e.mul(d, slopeOf(v)), [g, x])],
});
