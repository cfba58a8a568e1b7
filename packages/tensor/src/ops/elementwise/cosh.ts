import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';
import { coshOf, sinhOf } from './hyperbolic.ts';

/**
 * The hyperbolic cosine of each element.
 *
 * (eˣ + e⁻ˣ) / 2, computed from x/2, so that only the result overflows.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * cosh(tensor([0, 1])).toArray(); // => 1,1.543080…
 */
export const cosh: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'cosh',
  lower: (x: Tensor) => map(coshOf, [x]),
  pullback: (g: Tensor, _y: Tensor, x: Tensor) => [map((d, v) => e.mul(d, sinhOf(v)), [g, x])],
});
