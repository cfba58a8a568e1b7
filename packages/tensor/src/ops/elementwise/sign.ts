import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The sign of each element.
 *
 * −1, 0 or 1; zeros keep their sign, NaN stays NaN. The gradient is 0 everywhere.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32, float64 or int32
 * @example
 * sign(tensor([-3, 0, 5])).toArray(); // => -1,0,1
 */
export const sign: Op<Unary> = /* @__PURE__ */ defineOp({
  name: 'sign',
  lower: (x: Tensor) => map((v) => e.sign(v), [x]),
  domain: { avoid: [0] },
});
