import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/** x, limited to ±10³⁰, where the quotient is ±1. */
const finite = (x: Expr): Expr => e.min(e.max(x, -1e30), 1e30);

/** Divides twice, because the square of `b` may overflow. */
const slope = (d: Expr, b: Expr): Expr => e.div(e.div(d, b), b);

/**
 * A sigmoid with slow, polynomial tails, between −1 and 1.
 *
 * x / (1 + |x|) (Bergstra et al. 2009); ±1 at ±∞. The pullback states the derivative 1 / (1 + |x|)². The quotient rule
 * would subtract nearly equal numbers for large x.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * softsign(tensor([-1, 3])).toArray(); // => -0.5,0.75
 */
export const softsign: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'softsign',
  lower: (x: Tensor) => map((v) => e.div(finite(v), e.add(1, e.abs(finite(v)))), [x]),
  pullback: (g: Tensor, _y: Tensor, x: Tensor) => [map((d, v) => slope(d, e.add(1, e.abs(v))), [g, x])],
  domain: { avoid: [0] },
});
