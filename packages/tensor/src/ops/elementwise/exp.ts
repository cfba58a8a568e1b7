import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The exponential of each element.
 *
 * eˣ
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * exp(tensor([0, 1])).toArray(); // => 1,2.71828…
 */
export const exp: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'exp',
  lower: (x: Tensor) => map((v) => e.exp(v), [x]),
  // Uses the result instead of the argument, so that the gradient keeps only one of them.
  pullback: (g: Tensor, y: Tensor) => [map(e.mul, [g, y])],
});
