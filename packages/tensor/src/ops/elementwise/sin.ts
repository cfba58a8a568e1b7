import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The sine of each element.
 *
 * sin x, in radians; NaN at ±∞.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * sin(tensor([0])).toArray(); // => 0
 */
export const sin: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'sin',
  lower: (x: Tensor) => map((v) => e.sin(v), [x]),
});
