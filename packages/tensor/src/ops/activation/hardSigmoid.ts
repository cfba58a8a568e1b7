import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * A piecewise linear approximation of the sigmoid.
 *
 * min(max(x + 3, 0), 6) / 6, as in Keras 3 and PyTorch; Keras 2 used the slope 0.2 (Courbariaux et al. 2015). The
 * gradient at ±3 is 0. NaN stays NaN.
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * hardSigmoid(tensor([-4, 0, 1.5])).toArray(); // => 0,0.5,0.75
 */
export const hardSigmoid: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'hardSigmoid',
  lower: (x: Tensor) => map((v) => e.select(e.le(v, -3), 0, e.select(e.le(3, v), 1, e.div(e.add(v, 3), 6))), [x]),
  domain: { range: [-5, 5], avoid: [-3, 3] },
});
