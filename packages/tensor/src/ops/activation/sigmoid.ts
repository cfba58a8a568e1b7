import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The logistic function of each element.
 *
 * 1 / (1 + e⁻ˣ)
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * sigmoid(tensor([0])).toArray(); // => 0.5
 */
export const sigmoid: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'sigmoid',
  lower: (x: Tensor) => map((v) => e.sigmoid(v), [x]),
  // Uses the result instead of the argument, so that the gradient keeps only one of them.
  pullback: (g: Tensor, y: Tensor) => [map((d, v) => e.mul(d, e.mul(v, e.sub(1, v))), [g, y])],
});
