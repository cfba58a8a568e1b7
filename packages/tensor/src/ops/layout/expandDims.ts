import { defineOp, type Op } from '../defineOp.ts';
import { axisChecks, type AxisOptions } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reshapeNode } from '../../nodes/view.ts';
import type { ExpandDims } from '../signatures/index.ts';

/**
 * Inserts an axis of size 1.
 *
 * @param x - any shape
 * @param axis - the position of the new axis in the result
 * @throws ShapeError if the position is out of range
 * @example
 * expandDims(tensor([1, 2]), 0).shape; // => 1,2
 */
export const expandDims: Op<ExpandDims> = /* @__PURE__ */ defineOp({
  name: 'expandDims',
  options: axisChecks,
  lower: (x: Tensor, { axis }: AxisOptions) => {
    const at = normalizeAxis('expandDims', axis, x.rank + 1);
    return reshapeNode(x, [...x.shape.slice(0, at), 1, ...x.shape.slice(at)]);
  },
  domain: { sample: (s) => [s.uniform([2, 3]), s.pick([0, 1, 2, -1])] },
});
