import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The inverse cosine of each element: an angle in [0, π].
 *
 * arccos x; NaN outside [−1, 1].
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * acos(tensor([1, -1])).toArray(); // => 0,3.141592…
 */
export const acos: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'acos',
  lower: (x: Tensor) => map((v) => e.acos(v), [x]),
  domain: { range: [-0.9, 0.9] },
});
