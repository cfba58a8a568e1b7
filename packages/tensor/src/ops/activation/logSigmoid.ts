import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The logarithm of {@link sigmoid}, which does not underflow.
 *
 * −ln(1 + e⁻ˣ), computed as min(x, 0) − ln(1 + e^(−|x|)), which never overflows. The two terms have kinks at 0 that
 * cancel, so the pullback states the derivative, σ(−x).
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * logSigmoid(tensor([-1000, 0])).toArray(); // => -1000,-0.693147…
 */
export const logSigmoid: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'logSigmoid',
  lower: (x: Tensor) => map((v) => e.sub(e.min(v, 0), e.log1p(e.exp(e.neg(e.abs(v))))), [x]),
  pullback: (g: Tensor, _y: Tensor, x: Tensor) => [map((d, v) => e.mul(d, e.sigmoid(e.neg(v))), [g, x])],
});
