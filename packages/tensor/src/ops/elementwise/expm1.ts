import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The exponential minus 1, accurate for small x.
 *
 * eˣ − 1
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * expm1(tensor([1e-20], undefined, 'float64')).toArray(); // => 1e-20
 */
export const expm1: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'expm1',
  lower: (x: Tensor) => map((v) => e.expm1(v), [x]),
});
