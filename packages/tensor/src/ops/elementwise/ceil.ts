import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * Rounds each element up to an integer.
 *
 * ⌈x⌉; the gradient is 0 everywhere.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32, float64 or int32
 * @example
 * ceil(tensor([-1.5, 1.5])).toArray(); // => -1,2
 */
export const ceil: Op<Unary> = /* @__PURE__ */ defineOp({
  name: 'ceil',
  lower: (x: Tensor) => map((v) => e.ceil(v), [x]),
  domain: { avoid: [-2, -1, 0, 1, 2] },
});
