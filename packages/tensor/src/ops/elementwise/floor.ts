import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * Rounds each element down to an integer.
 *
 * ⌊x⌋; the gradient is 0 everywhere.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32, float64 or int32
 * @example
 * floor(tensor([-1.5, 1.5])).toArray(); // => -2,1
 */
export const floor: Op<Unary> = /* @__PURE__ */ defineOp({
  name: 'floor',
  lower: (x: Tensor) => map((v) => e.floor(v), [x]),
  domain: { avoid: [-2, -1, 0, 1, 2] },
});
