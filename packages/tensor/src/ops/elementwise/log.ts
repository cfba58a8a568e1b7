import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The natural logarithm of each element.
 *
 * ln x; −∞ at 0 and NaN below.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * log(tensor([1])).toArray(); // => 0
 */
export const log: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'log',
  lower: (x: Tensor) => map((v) => e.log(v), [x]),
  domain: { range: [0.1, 3] },
});
