import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * A smooth rectifier.
 *
 * ln(1 + eˣ), computed as max(x, 0) + ln(1 + e^(−|x|)), which does not overflow and is accurate for small values. The
 * two terms have kinks at 0 that cancel, so the pullback states the derivative, the logistic function (Dugas et al.
 * 2001).
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * softplus(tensor([1000])).item(); // => 1000
 */
export const softplus: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'softplus',
  lower: (x: Tensor) => map((v) => e.add(e.max(v, 0), e.log1p(e.exp(e.neg(e.abs(v))))), [x]),
  pullback: (g: Tensor, _y: Tensor, x: Tensor) => [map((d, v) => e.mul(d, e.sigmoid(v)), [g, x])],
});
