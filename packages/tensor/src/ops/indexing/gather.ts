import { defineOp, type Op } from '../defineOp.ts';
import { aTensor, axisChecks, type AxisOptions } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { gatherNode } from '../../nodes/gather.ts';
import type { Gather } from '../signatures/index.ts';

/**
 * Selects slices by index, as NumPy's `take`. An embedding is such a lookup.
 *
 * out[…, i…, …] = x[…, indices[i…], …]
 *
 * @param x - any shape of rank 1 or more
 * @param indices - int32, any shape; negative ones count from the end
 * @param axis - by default 0
 * @returns `x`'s shape with the axis replaced by the shape of `indices`
 * @throws ValueError for an index out of range
 * @example
 * gather(tensor([10, 20, 30]), tensor([2, 0], undefined, 'int32')).toArray(); // => 30,10
 */
export const gather: Op<Gather> = /* @__PURE__ */ defineOp({
  name: 'gather',
  params: { x: aTensor, indices: aTensor },
  options: axisChecks,
  lower: (x: Tensor, indices: Tensor, { axis = 0 }: AxisOptions = {}) =>
    gatherNode(x, indices, normalizeAxis('gather', axis, x.rank)),
  domain: { sample: (s) => [s.uniform([4, 3]), s.integers(s.pick([[], [5], [2, 2]]), -3, 3), s.pick([0, 1, -1])] },
});
