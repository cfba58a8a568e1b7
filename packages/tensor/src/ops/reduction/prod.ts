import { defineOp, type Op } from '../defineOp.ts';
import { normalizeAxes } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reduceNode } from '../../nodes/reduce.ts';
import type { Reduction } from '../signatures/index.ts';
import { keepAxes, reduceChecks, type ReduceOptions } from './reduceOptions.ts';

/**
 * The product along axes.
 *
 * Π x; 1 for no elements. Gradients are correct for zeros, too.
 *
 * @param x - any shape
 * @param options - `axis`: one or several, by default all; negative ones count from the end. `keepDims`: whether to
 *   keep the reduced axes with size 1, by default false
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * prod(tensor([2, 3, 4])).item(); // => 24
 */
export const prod: Op<Reduction<'prod'>> = /* @__PURE__ */ defineOp({
  name: 'prod',
  options: reduceChecks,
  lower: (x: Tensor, { axis, keepDims = false }: ReduceOptions = {}) => {
    const axes = normalizeAxes('prod', axis, x.rank);
    return keepAxes(reduceNode(x, 'prod', axes), x.shape, axes, keepDims);
  },
  domain: { sample: (s) => [s.uniform([2, 3, 2]), { axis: s.pick([0, 1, -1]), keepDims: s.pick([true, false]) }] },
});
