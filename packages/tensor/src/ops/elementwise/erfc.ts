import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * The complementary error function of each element.
 *
 * 1 − erf x = 2/√π ∫ₓ^∞ e^(−t²) dt, accurate if {@link erf} is close to 1.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * erfc(tensor([0, 2])).toArray(); // => 1,0.00467773…
 */
export const erfc: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'erfc',
  lower: (x: Tensor) => map((v) => e.erfc(v), [x]),
});
