import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The tangent of each element.
 *
 * sin x / cos x, in radians; NaN at ±∞.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * tan(tensor([0])).toArray(); // => 0
 */
export const tan: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'tan',
  lower: (x: Tensor) => map((v) => e.div(e.sin(v), e.cos(v)), [x]),
  domain: { range: [-1.3, 1.3] },
});
