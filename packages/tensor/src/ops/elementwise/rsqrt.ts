import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The reciprocal of the square root.
 *
 * 1 / √x; ∞ at 0 and NaN below.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * rsqrt(tensor([4, 0.25])).toArray(); // => 0.5,2
 */
export const rsqrt: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'rsqrt',
  lower: (x: Tensor) => map((v) => e.div(1, e.sqrt(v)), [x]),
  domain: { range: [0.2, 3] },
});
