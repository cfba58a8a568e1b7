import { ShapeError } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import { axisChecks, type AxisOptions, tensors } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { concatNode } from '../../nodes/concat.ts';
import type { Concat } from '../signatures/index.ts';

/**
 * Joins tensors along an existing axis.
 *
 * @param tensors - at least one; sizes must agree outside the axis
 * @param axis - by default 0
 * @throws ShapeError if sizes differ outside the axis; DTypeError if dtypes differ
 * @example
 * concat([tensor([1, 2]), tensor([3])]).toArray(); // => 1,2,3
 */
export const concat: Op<Concat> = /* @__PURE__ */ defineOp({
  name: 'concat',
  params: { tensors },
  options: axisChecks,
  lower: (tensors: readonly Tensor[], { axis = 0 }: AxisOptions = {}) => {
    if (!tensors[0]) throw new ShapeError('concat: expects at least one tensor, got none');
    return concatNode(tensors, normalizeAxis('concat', axis, tensors[0].rank));
  },
  domain: { sample: (s) => [[s.uniform([2, 3]), s.uniform([2, 1])], s.pick([1, -1])] },
});
