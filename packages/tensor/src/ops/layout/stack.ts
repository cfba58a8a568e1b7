import { ShapeError, showShape } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import { axisChecks, type AxisOptions, tensors } from '../../array/checks.ts';
import { normalizeAxis, sameShape } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { concatNode } from '../../nodes/concat.ts';
import { reshapeNode } from '../../nodes/view.ts';
import type { Stack } from '../signatures/index.ts';

/**
 * Joins tensors of one shape along a new axis.
 *
 * out[…, i, …] = tensors[i][…]
 *
 * @param tensors - at least one
 * @param axis - the position of the new axis in the result, by default 0
 * @throws ShapeError if shapes differ; DTypeError if dtypes differ
 * @example
 * stack([tensor([1, 2]), tensor([3, 4])]).toArray(); // => 1,2,3,4
 * stack([tensor([1, 2]), tensor([3, 4])], 1).toArray(); // => 1,3,2,4
 */
export const stack: Op<Stack> = /* @__PURE__ */ defineOp({
  name: 'stack',
  params: { tensors },
  options: axisChecks,
  lower: (tensors: readonly Tensor[], { axis = 0 }: AxisOptions = {}) => {
    const [first] = tensors;
    if (!first) throw new ShapeError('stack: expects at least one tensor, got none');
    const other = tensors.find((x) => !sameShape(x.shape, first.shape));
    if (other)
      throw new ShapeError(`stack: shapes must match, got ${showShape(first.shape)} and ${showShape(other.shape)}`);
    const at = normalizeAxis('stack', axis, first.rank + 1);
    const shape = [...first.shape.slice(0, at), 1, ...first.shape.slice(at)];
    return concatNode(
      tensors.map((x) => reshapeNode(x, shape)),
      at,
    );
  },
  domain: { sample: (s) => [[s.uniform([2, 3]), s.uniform([2, 3])], s.pick([0, 1, -1])] },
});
