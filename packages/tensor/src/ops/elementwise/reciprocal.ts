import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * One divided by each element.
 *
 * 1 / x; ±∞ at ±0.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * reciprocal(tensor([2, -4])).toArray(); // => 0.5,-0.25
 */
export const reciprocal: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'reciprocal',
  lower: (x: Tensor) => map((v) => e.div(1, v), [x]),
  domain: { range: [-3, 3], avoid: [-0.1, 0, 0.1] },
});
