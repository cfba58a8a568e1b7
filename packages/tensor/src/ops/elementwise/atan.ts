import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The inverse tangent of each element: an angle in [−π/2, π/2].
 *
 * arctan x
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * atan(tensor([0, 1])).toArray(); // => 0,0.785398…
 */
export const atan: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'atan',
  lower: (x: Tensor) => map((v) => e.atan(v), [x]),
});
