import { aNumber, optional } from '@chainrule/errors/check';
import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { aTensor } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { UnaryWith } from '../signatures/index.ts';

/**
 * The unit step function.
 *
 * 0 if x < 0, `valueAtZero` if x = 0, 1 if x > 0; NaN stays NaN. The gradient is 0 everywhere.
 *
 * @param x - any shape
 * @param valueAtZero - by default 0.5; NumPy and PyTorch have no default
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * heaviside(tensor([-2, 0, 3])).toArray(); // => 0,0.5,1
 */
export const heaviside: Op<UnaryWith<number, FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'heaviside',
  params: { x: aTensor, valueAtZero: /* @__PURE__ */ optional(aNumber) },
  lower: (x: Tensor, valueAtZero = 0.5) =>
    map((v) => e.select(e.lt(v, 0), 0, e.select(e.lt(0, v), 1, e.select(e.eq(v, 0), valueAtZero, v))), [x]),
  domain: { avoid: [0] },
});
