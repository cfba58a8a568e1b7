import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The square of each element.
 *
 * x²
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32, float64 or int32
 * @example
 * square(tensor([3, -2])).toArray(); // => 9,4
 */
export const square: Op<Unary> = /* @__PURE__ */ defineOp({
  name: 'square',
  lower: (x: Tensor) => map((v) => e.mul(v, v), [x]),
});
