import { defineOp, type Op } from '../defineOp.ts';
import { aTensor, axisChecks, type AxisOptions } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { takeAlongAxisNode } from '../../nodes/gather.ts';
import type { TakeAlongAxis } from '../signatures/index.ts';

/**
 * Selects one element for each index, along an axis.
 *
 * out[…, i, …] = x[…, indices[…, i, …], …]
 *
 * @param x - any shape of rank 1 or more
 * @param indices - int32, the shape of `x` except for the axis; negative ones count from the end
 * @param axis - by default the last
 * @returns the shape of `indices`
 * @throws ShapeError if the shapes differ outside the axis; ValueError for an index out of range
 * @example
 * takeAlongAxis(tensor([[1, 2], [3, 4]]), tensor([[1], [0]], undefined, 'int32')).toArray(); // => 2,3
 */
export const takeAlongAxis: Op<TakeAlongAxis> = /* @__PURE__ */ defineOp({
  name: 'takeAlongAxis',
  params: { x: aTensor, indices: aTensor },
  options: axisChecks,
  lower: (x: Tensor, indices: Tensor, { axis = -1 }: AxisOptions = {}) =>
    takeAlongAxisNode(x, indices, normalizeAxis('takeAlongAxis', axis, x.rank)),
  domain: { sample: (s) => [s.uniform([2, 3]), s.integers([2, 2], -3, 3), s.pick([1, -1])] },
});
