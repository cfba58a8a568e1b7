import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { axisChecks, type AxisOptions } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Softmax } from '../signatures/index.ts';
import { exp } from '../elementwise/exp.ts';
import { log } from '../elementwise/log.ts';
import { max } from '../reduction/max.ts';
import { mul } from '../elementwise/mul.ts';
import { sub } from '../elementwise/sub.ts';
import { sum } from '../reduction/sum.ts';

/**
 * The logarithm of {@link softmax}, which does not underflow.
 *
 * (x − max x) − ln Σ e^(x − max x). The pullback is g − e^y · Σ g.
 *
 * @param x - any shape
 * @param options - `axis`, by default the last; or the axis alone
 * @returns the shape and dtype of `x`
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * logSoftmax(tensor([0, -1000])).toArray(); // => 0,-1000
 */
export const logSoftmax: Op<Softmax<'logSoftmax', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'logSoftmax',
  options: axisChecks,
  lower: (x: Tensor, { axis = -1 }: AxisOptions = {}) => {
    normalizeAxis('logSoftmax', axis, x.rank);
    const shifted = sub(x, max(x, { axis, keepDims: true }));
    return sub(shifted, log(sum(exp(shifted), { axis, keepDims: true })));
  },
  pullback: (g: Tensor, y: Tensor, _x: Tensor, { axis = -1 }: AxisOptions = {}) => [
    sub(g, mul(exp(y), sum(g, { axis, keepDims: true }))),
  ],
  domain: { sample: (s) => [s.uniform([2, 3]), { axis: s.pick([0, 1, -1]) }] },
});
