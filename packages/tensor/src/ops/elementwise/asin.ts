import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The inverse sine of each element: an angle in [−π/2, π/2].
 *
 * arcsin x; NaN outside [−1, 1].
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * asin(tensor([0, 1])).toArray(); // => 0,1.570796…
 */
export const asin: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'asin',
  lower: (x: Tensor) => map((v) => e.asin(v), [x]),
  domain: { range: [-0.9, 0.9] },
});
