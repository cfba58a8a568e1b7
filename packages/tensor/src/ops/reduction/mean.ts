import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { normalizeAxes, sizeOf } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { Reduction } from '../signatures/index.ts';
import { div } from '../elementwise/div.ts';
import { reduceChecks, type ReduceOptions } from './reduceOptions.ts';
import { sum } from './sum.ts';

/**
 * The arithmetic mean along axes.
 *
 * Σ x / n; NaN for no elements.
 *
 * @param x - any shape, float32 or float64
 * @param options - `axis`: one or several, by default all. `keepDims`: whether to keep the reduced axes with size 1
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * mean(tensor([1, 2, 6])).item(); // => 3
 */
export const mean: Op<Reduction<'mean', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'mean',
  options: reduceChecks,
  lower: (x: Tensor, options: ReduceOptions = {}) => {
    const count = sizeOf(normalizeAxes('mean', options.axis, x.rank).map((a) => x.shape[a]!));
    return div(sum(x, options), count);
  },
  domain: { sample: (s) => [s.uniform([2, 3, 2]), { axis: s.pick([0, 1, -1]), keepDims: s.pick([true, false]) }] },
});
