import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The hyperbolic tangent of each element.
 *
 * (eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError for other dtypes than float32 and float64
 * @example
 * tanh(tensor([0])).toArray(); // => 0
 */
export const tanh: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'tanh',
  lower: (x: Tensor) => map((v) => e.tanh(v), [x]),
  // Of the result rather than the argument: then only one of them has to be kept for the gradient.
  pullback: (g: Tensor, y: Tensor) => [map((d, v) => e.mul(d, e.sub(1, e.mul(v, v))), [g, y])],
});
