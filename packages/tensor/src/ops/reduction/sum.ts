import { defineOp, type Op } from '../defineOp.ts';
import { normalizeAxes } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reduceNode } from '../../nodes/reduce.ts';
import type { Reduction } from '../signatures/index.ts';
import { keepAxes, reduceChecks, type ReduceOptions } from './reduceOptions.ts';

/**
 * The sum along axes.
 *
 * Σ x; 0 for no elements. Accumulated in float64 and rounded once.
 *
 * @param x - any shape
 * @param options - `axis`: one or several, by default all; negative ones count from the end. `keepDims`: whether to
 *   keep the reduced axes with size 1, by default false
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * sum(tensor([[1, 2], [3, 4]]), { axis: 0 }).toArray(); // => 4,6
 */
export const sum: Op<Reduction<'sum'>> = /* @__PURE__ */ defineOp({
  name: 'sum',
  options: reduceChecks,
  lower: (x: Tensor, { axis, keepDims = false }: ReduceOptions = {}) => {
    const axes = normalizeAxes('sum', axis, x.rank);
    return keepAxes(reduceNode(x, 'sum', axes), x.shape, axes, keepDims);
  },
  domain: { sample: (s) => [s.uniform([2, 3, 2]), { axis: s.pick([0, 1, -1]), keepDims: s.pick([true, false]) }] },
});
