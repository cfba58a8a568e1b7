import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The negative of each element.
 *
 * −x
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32, float64 or int32
 * @example
 * neg(tensor([1, -2])).toArray(); // => -1,2
 */
export const neg: Op<Unary> = /* @__PURE__ */ defineOp({
  name: 'neg',
  lower: (x: Tensor) => map((v) => e.neg(v), [x]),
});
