import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { axisChecks, type AxisOptions } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Softmax } from '../signatures/index.ts';
import { div } from '../elementwise/div.ts';
import { exp } from '../elementwise/exp.ts';
import { max } from '../reduction/max.ts';
import { mul } from '../elementwise/mul.ts';
import { sub } from '../elementwise/sub.ts';
import { sum } from '../reduction/sum.ts';

/**
 * Positive weights that sum to 1 along an axis.
 *
 * e^(x − max x) / Σ e^(x − max x) (Bridle 1990). Subtracting the maximum keeps the exponentials finite. The pullback is
 * y · (g − Σ g·y).
 *
 * @param x - any shape
 * @param options - `axis`, by default the last; or the axis alone
 * @returns the shape and dtype of `x`
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * softmax(tensor([0, 0])).toArray(); // => 0.5,0.5
 */
export const softmax: Op<Softmax<'softmax', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'softmax',
  options: axisChecks,
  lower: (x: Tensor, { axis = -1 }: AxisOptions = {}) => {
    normalizeAxis('softmax', axis, x.rank);
    const weights = exp(sub(x, max(x, { axis, keepDims: true })));
    return div(weights, sum(weights, { axis, keepDims: true }));
  },
  pullback: (g: Tensor, y: Tensor, _x: Tensor, { axis = -1 }: AxisOptions = {}) => [
    mul(y, sub(g, sum(mul(g, y), { axis, keepDims: true }))),
  ],
  domain: { sample: (s) => [s.uniform([2, 3]), { axis: s.pick([0, 1, -1]) }] },
});
