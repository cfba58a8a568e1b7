import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The natural logarithm of 1 + x, accurate for small x.
 *
 * ln(1 + x); −∞ at −1 and NaN below.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * log1p(tensor([1e-20], undefined, 'float64')).toArray(); // => 1e-20
 */
export const log1p: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'log1p',
  lower: (x: Tensor) => map((v) => e.log1p(v), [x]),
  domain: { range: [-0.8, 3] },
});
