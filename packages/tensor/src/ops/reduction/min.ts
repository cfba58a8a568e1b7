import { defineOp, type Op } from '../defineOp.ts';
import { normalizeAxes } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reduceNode } from '../../nodes/reduce.ts';
import type { Reduction } from '../signatures/index.ts';
import { keepAxes, reduceChecks, type ReduceOptions } from './reduceOptions.ts';

/**
 * The smallest element along axes.
 *
 * min x; NaN if any element is NaN. Among equal elements the first gets the gradient.
 *
 * @param x - any shape
 * @param options - `axis`: one or several, by default all; negative ones count from the end. `keepDims`: whether to
 *   keep the reduced axes with size 1, by default false
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * min(tensor([[1, 5], [7, 2]]), { axis: 1 }).toArray(); // => 1,2
 */
export const min: Op<Reduction<'min'>> = /* @__PURE__ */ defineOp({
  name: 'min',
  options: reduceChecks,
  lower: (x: Tensor, { axis, keepDims = false }: ReduceOptions = {}) => {
    const axes = normalizeAxes('min', axis, x.rank);
    return keepAxes(reduceNode(x, 'min', axes), x.shape, axes, keepDims);
  },
  domain: { sample: (s) => [s.uniform([2, 3, 2]), { axis: s.pick([0, 1, -1]), keepDims: s.pick([true, false]) }] },
});
