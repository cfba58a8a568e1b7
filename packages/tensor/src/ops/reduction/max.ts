import { defineOp, type Op } from '../defineOp.ts';
import { normalizeAxes } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reduceNode } from '../../nodes/reduce.ts';
import type { Reduction } from '../signatures/index.ts';
import { keepAxes, reduceChecks, type ReduceOptions } from './reduceOptions.ts';

/**
 * The largest element along axes.
 *
 * max x; NaN if any element is NaN. Among equal elements the first gets the gradient.
 *
 * @param x - any shape
 * @param options - `axis`: one or several, by default all; negative ones count from the end. `keepDims`: whether to
 *   keep the reduced axes with size 1, by default false
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * max(tensor([[1, 5], [7, 2]]), { axis: 1 }).toArray(); // => 5,7
 */
export const max: Op<Reduction<'max'>> = /* @__PURE__ */ defineOp({
  name: 'max',
  options: reduceChecks,
  lower: (x: Tensor, { axis, keepDims = false }: ReduceOptions = {}) => {
    const axes = normalizeAxes('max', axis, x.rank);
    return keepAxes(reduceNode(x, 'max', axes), x.shape, axes, keepDims);
  },
  domain: { sample: (s) => [s.uniform([2, 3, 2]), { axis: s.pick([0, 1, -1]), keepDims: s.pick([true, false]) }] },
});
