import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { normalizeAxes } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { ReductionWith } from '../signatures/index.ts';
import { keepAxes, type ReduceOptions } from './reduceOptions.ts';
import { sqrt } from '../elementwise/sqrt.ts';
import { centered, degreesOfFreedom, varianceChecks, varianceOf, type VarianceOptions } from './varianceOf.ts';

/**
 * The standard deviation along axes.
 *
 * √(Σ (x − x̄)² / (n − `correction`)), in two passes as in {@link variance}. Where it is 0 its gradient is 0, as in
 * PyTorch: the pullback is g · (x − x̄) / (y (n − `correction`)), 0 if y is 0.
 *
 * @param x - any shape
 * @param options - `axis`: one or several, by default all; negative ones count from the end. `keepDims`: whether to
 *   keep the reduced axes with size 1, by default false. `correction`: by default 0 as in NumPy; 1 in PyTorch
 * @throws ShapeError for an axis that `x` does not have; DTypeError if the dtype is not float32 or float64; OptionError
 *   if `correction` is not a finite number
 * @example
 * std(tensor([1, 1, 5, 5])).item(); // => 2
 */
export const std: Op<ReductionWith<VarianceOptions, 'std', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'std',
  options: varianceChecks,
  lower: (x: Tensor, options: ReduceOptions & VarianceOptions = {}) => sqrt(varianceOf('std', x, options)),
  pullback: (g: Tensor, y: Tensor, x: Tensor, { axis, correction = 0 }: ReduceOptions & VarianceOptions = {}) => {
    const axes = normalizeAxes('std', axis, x.rank);
    const count = degreesOfFreedom(x, axes, correction);
    const operands = [g, y].map((t) => keepAxes(t, x.shape, axes, true));
    return [
      map((d, s, c) => e.select(e.eq(s, 0), 0, e.mul(d, e.div(e.div(c, s), count))), [...operands, centered(x, axes)]),
    ];
  },
  domain: {
    sample: (s) => [
      s.uniform([3, 3, 4]),
      { axis: s.pick([0, 1, -1]), keepDims: s.pick([true, false]), correction: s.pick([0, 1]) },
    ],
  },
});
