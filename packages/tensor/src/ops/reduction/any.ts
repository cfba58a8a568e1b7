import { DTypeError } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import { normalizeAxes } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { castNode } from '../../nodes/cast.ts';
import { reduceNode } from '../../nodes/reduce.ts';
import type { BoolReduction } from '../signatures/index.ts';
import { keepAxes, reduceChecks, type ReduceOptions } from './reduceOptions.ts';

/**
 * Tells whether at least one condition holds along axes.
 *
 * ⋁ x; false for no elements.
 *
 * @param x - bool, any shape
 * @param options - `axis`: one or several, by default all; negative ones count from the end. `keepDims`: whether to
 *   keep the reduced axes with size 1, by default false
 * @returns bool
 * @throws ShapeError for an axis that `x` does not have; DTypeError if the dtype is not bool
 * @example
 * any(greater(tensor([[1, 5], [2, 2]]), 4), { axis: 1 }).toArray(); // => true,false
 */
export const any: Op<BoolReduction<'any', 'bool'>> = /* @__PURE__ */ defineOp({
  name: 'any',
  options: reduceChecks,
  lower: (x: Tensor, { axis, keepDims = false }: ReduceOptions = {}) => {
    if (x.dtype !== 'bool')
      throw new DTypeError(`any: expects bool, got ${x.dtype}; compare it or convert it with \`cast\``);
    const axes = normalizeAxes('any', axis, x.rank);
    // The largest of nothing is an error, the sum of nothing is 0.
    const reduced =
      x.size > 0 ? reduceNode(x, 'max', axes) : castNode(reduceNode(castNode(x, 'int32'), 'sum', axes), 'bool');
    return keepAxes(reduced, x.shape, axes, keepDims);
  },
  domain: { sample: (s) => [s.mask([2, 3, 2]), { axis: s.pick([0, 1, -1]), keepDims: s.pick([true, false]) }] },
});
