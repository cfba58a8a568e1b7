import { defineOp, type Op } from '../defineOp.ts';
import { aTensor, axisChecks, type AxisOptions } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { scatterAddNode } from '../../nodes/gather.ts';
import type { ScatterAdd } from '../signatures/index.ts';

/**
 * Adds slices at the given indices. The adjoint of {@link gather}. Repeated indices accumulate.
 *
 * out[…, indices[i…], …] += updates[…, i…, …]
 *
 * @param base - the tensor that is added to
 * @param indices - int32, any shape; negative ones count from the end
 * @param updates - the shape that `gather(base, indices, axis)` has
 * @param axis - by default 0
 * @returns the shape of `base`
 * @throws ShapeError if shapes do not match; ValueError for an index out of range
 * @example
 * scatterAdd(zeros([3]), tensor([2, 2], undefined, 'int32'), tensor([1, 5])).toArray(); // => 0,0,6
 */
export const scatterAdd: Op<ScatterAdd> = /* @__PURE__ */ defineOp({
  name: 'scatterAdd',
  params: { base: aTensor, indices: aTensor, updates: aTensor },
  options: axisChecks,
  lower: (base: Tensor, indices: Tensor, updates: Tensor, { axis = 0 }: AxisOptions = {}) =>
    scatterAddNode(base, indices, updates, normalizeAxis('scatterAdd', axis, base.rank), false),
  domain: { sample: (s) => [s.uniform([4, 3]), s.integers([5], -4, 4), s.uniform([5, 3])] },
});
