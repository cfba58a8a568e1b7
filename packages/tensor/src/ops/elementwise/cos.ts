import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The cosine of each element.
 *
 * cos x, in radians; NaN at ±∞.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * cos(tensor([0])).toArray(); // => 1
 */
export const cos: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'cos',
  lower: (x: Tensor) => map((v) => e.cos(v), [x]),
});
