import type { FloatDType } from '../core/dtype.ts';
import { defineOp, type Op } from '../core/defineOp.ts';
import { axisChecks, type AxisOptions } from '../core/params.ts';
import { normalizeAxis } from '../core/shape.ts';
import type { Tensor } from '../core/tensor.ts';
import type { Softmax } from '../types/signatures.ts';
import { div } from './div.ts';
import { exp } from './exp.ts';
import { max } from './max.ts';
import { mul } from './mul.ts';
import { sub } from './sub.ts';
import { sum } from './sum.ts';

/**
 * Positive weights that sum to 1 along an axis.
 *
 * e^(x − max x) / Σ e^(x − max x) (Bridle 1990); the shift keeps the exponentials finite. The pullback is
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
