import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * {@link silu} with {@link hardSigmoid} in place of the sigmoid. Keras also calls it `hard_silu`.
 *
 * x · min(max(x + 3, 0), 6) / 6 (Howard et al. 2019). The gradient is 0 at −3 and 1 at 3. NaN stays NaN.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * hardSwish(tensor([-4, 1, 5])).toArray(); // => 0,0.66666…,5
 */
export const hardSwish: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'hardSwish',
  lower: (x: Tensor) =>
    map((v) => e.select(e.le(v, -3), 0, e.select(e.le(3, v), v, e.mul(v, e.div(e.add(v, 3), 6)))), [x]),
  domain: { range: [-5, 5], avoid: [-3, 3] },
});
