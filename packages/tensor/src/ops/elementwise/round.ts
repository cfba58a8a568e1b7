import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * Rounds each element to the nearest integer. Halves round to even.
 *
 * As in IEEE 754, NumPy and PyTorch; `Math.round` rounds halves up. The gradient is 0 everywhere.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32, float64 or int32
 * @example
 * round(tensor([0.5, 1.5, 2.5, -1.2])).toArray(); // => 0,2,2,-1
 */
export const round: Op<Unary> = /* @__PURE__ */ defineOp({
  name: 'round',
  lower: (x: Tensor) => map((v) => e.round(v), [x]),
  domain: { avoid: [-1.5, -0.5, 0.5, 1.5] },
});
