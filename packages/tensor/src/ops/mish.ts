import type { FloatDType } from '../core/dtype.ts';
import { defineOp, type Op } from '../core/defineOp.ts';
import type { Tensor } from '../core/tensor.ts';
import * as e from '../expr/build.ts';
import type { Expr } from '../expr/expr.ts';
import { map } from '../nodes/map.ts';
import type { Unary } from '../types/signatures.ts';

function below(x: Expr): Expr {
  const n = e.exp(x);
  const w = e.mul(n, e.add(n, 2));
  return e.mul(x, e.div(w, e.add(w, 2)));
}

function above(x: Expr): Expr {
  const n = e.exp(e.neg(x));
  const w = e.add(1, e.mul(2, n));
  return e.mul(x, e.div(w, e.add(w, e.mul(2, e.mul(n, n)))));
}

/**
 * A smooth, self-regularised rectifier.
 *
 * x · tanh(ln(1 + eˣ)) (Misra 2019). With n = eˣ the tangent is n(n + 2) / (n(n + 2) + 2); above 0 the fraction is reduced
 * by n², so that nothing overflows. Both sides are one analytic function. NaN at −∞, where it is −∞ · 0.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError for other dtypes than float32 and float64
 * @example
 * mish(tensor([0, 1])).toArray(); // => 0,0.865098…
 */
export const mish: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'mish',
  lower: (x: Tensor) => map((v) => e.select(e.le(v, 0), below(v), above(v)), [x]),
});
