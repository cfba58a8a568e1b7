import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The error function of each element.
 *
 * 2/√π ∫₀ˣ e^(−t²) dt
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * erf(tensor([0, 0.5])).toArray(); // => 0,0.52049…
 */
export const erf: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'erf',
  lower: (x: Tensor) => map((v) => e.erf(v), [x]),
});
