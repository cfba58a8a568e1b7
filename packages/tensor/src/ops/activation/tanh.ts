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
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * tanh(tensor([0])).toArray(); // => 0
 */
export const tanh: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'tanh',
  lower: (x: Tensor) => map((v) => e.tanh(v), [x]),
  // Uses the result instead of the argument, so that the gradient keeps only one of them.
  pullback: (g: Tensor, y: Tensor) => [map((d, v) => e.mul(d, e.sub(1, e.mul(v, v))), [g, y])],
});
