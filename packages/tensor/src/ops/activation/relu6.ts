import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The rectified linear unit, capped at 6.
 *
 * min(max(x, 0), 6) (Krizhevsky 2010); the gradient at 0 and at 6 is 0. NaN stays NaN.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32, float64 or int32
 * @example
 * relu6(tensor([-1, 2, 7])).toArray(); // => 0,2,6
 */
export const relu6: Op<Unary> = /* @__PURE__ */ defineOp({
  name: 'relu6',
  lower: (x: Tensor) => map((v) => e.select(e.le(v, 0), 0, e.select(e.le(6, v), 6, v)), [x]),
  domain: { range: [-3, 9], avoid: [0, 6] },
});
