import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import type { ReductionWith } from '../signatures/index.ts';
import type { ReduceOptions } from './reduceOptions.ts';
import { varianceChecks, varianceOf, type VarianceOptions } from './varianceOf.ts';

/**
 * The variance along axes.
 *
 * Σ (x − x̄)² / (n − `correction`), in two passes, so that it is accurate for a large mean. Not finite if `correction`
 * is n or more. The default correction is 0, as in NumPy, Keras and the array API; in PyTorch it is 1.
 *
 * @param x - any shape
 * @param options - `axis`: one or several, by default all; negative ones count from the end. `keepDims`: whether to
 *   keep the reduced axes with size 1, by default false. `correction`: by default 0
 * @throws ShapeError for an axis that `x` does not have; DTypeError if the dtype is not float32 or float64; OptionError
 *   for a `correction` that is not a finite number
 * @example
 * variance(tensor([1, 2, 6, 7])).item(); // => 6.5
 * variance(tensor([1, 2, 6]), { correction: 1 }).item(); // => 7
 */
export const variance: Op<ReductionWith<VarianceOptions, 'variance', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'variance',
  options: varianceChecks,
  lower: (x: Tensor, options: ReduceOptions & VarianceOptions = {}) => varianceOf('variance', x, options),
  domain: {
    sample: (s) => [
      s.uniform([2, 3, 2]),
      { axis: s.pick([0, 1, -1]), keepDims: s.pick([true, false]), correction: s.pick([0, 1]) },
    ],
  },
});
