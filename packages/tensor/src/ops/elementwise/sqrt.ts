import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The square root of each element.
 *
 * √x; NaN below 0.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * sqrt(tensor([4, 9])).toArray(); // => 2,3
 */
export const sqrt: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'sqrt',
  lower: (x: Tensor) => map((v) => e.sqrt(v), [x]),
  domain: { range: [0.1, 3] },
});
