import { DTypeError } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import { normalizeAxes } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { castNode } from '../../nodes/cast.ts';
import { reduceNode } from '../../nodes/reduce.ts';
import type { BoolReduction } from '../signatures/index.ts';
import { keepAxes, reduceChecks, type ReduceOptions } from './reduceOptions.ts';

/**
 * Tells whether every condition holds along axes.
 *
 * ⋀ x; true for no elements.
 *
 * @param x - bool, any shape
 * @param options - `axis`: one or several, by default all; negative ones count from the end. `keepDims`: whether to
 *   keep the reduced axes with size 1, by default false
 * @returns bool
 * @throws ShapeError for an axis that `x` does not have; DTypeError if the dtype is not bool
 * @example
 * all(greater(tensor([[1, 5], [2, 2]]), 1), { axis: 1 }).toArray(); // => false,true
 */
export const all: Op<BoolReduction<'all', 'bool'>> = /* @__PURE__ */ defineOp({
  name: 'all',
  options: reduceChecks,
  lower: (x: Tensor, { axis, keepDims = false }: ReduceOptions = {}) => {
    if (x.dtype !== 'bool')
      throw new DTypeError(`all: expects bool, got ${x.dtype}; compare it or convert it with \`cast\``);
    const axes = normalizeAxes('all', axis, x.rank);
    // The smallest of nothing is an error, the product of nothing is 1.
    const reduced =
      x.size > 0 ? reduceNode(x, 'min', axes) : castNode(reduceNode(castNode(x, 'int32'), 'prod', axes), 'bool');
    return keepAxes(reduced, x.shape, axes, keepDims);
  },
  domain: { sample: (s) => [s.mask([2, 3, 2]), { axis: s.pick([0, 1, -1]), keepDims: s.pick([true, false]) }] },
});
