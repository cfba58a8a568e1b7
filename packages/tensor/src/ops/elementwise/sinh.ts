import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';
import { coshOf, sinhOf } from './hyperbolic.ts';

/**
 * The hyperbolic sine of each element.
 *
 * (eˣ − e⁻ˣ) / 2, computed from x/2, which is accurate for small values and overflows only if the result does.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * sinh(tensor([0, 1])).toArray(); // => 0,1.175201…
 */
export const sinh: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'sinh',
  lower: (x: Tensor) => map(sinhOf, [x]),
  pullback: (g: Tensor, _y: Tensor, x: Tensor) => [map((d, v) => e.mul(d, coshOf(v)), [g, x])],
});
