import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The rectified linear unit: sets negative elements to 0.
 *
 * max(x, 0); the gradient at 0 is 0 (Nair and Hinton 2010). NaN stays NaN.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32, float64 or int32
 * @example
 * relu(tensor([-1, 2])).toArray(); // => 0,2
 */
export const relu: Op<Unary> = /* @__PURE__ */ defineOp({
  name: 'relu',
  lower: (x: Tensor) => map((v) => e.select(e.le(v, 0), 0, v), [x]),
  // Uses the result instead of the argument, so that the gradient keeps only one of them.
  pullback: (g: Tensor, y: Tensor) => [map((d, v) => e.select(e.le(v, 0), 0, d), [g, y])],
  domain: { avoid: [0] },
});
