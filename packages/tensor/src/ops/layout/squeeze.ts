import { ShapeError, showShape } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import { axisChecks, type AxisOptions } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reshapeNode } from '../../nodes/view.ts';
import type { Squeeze } from '../signatures/index.ts';

/**
 * Drops an axis of size 1.
 *
 * @param x - any shape
 * @param axis - the axis to drop; by default all axes of size 1
 * @throws ShapeError if the axis has another size
 * @example
 * squeeze(tensor([[1, 2]]), 0).shape; // => 2
 */
export const squeeze: Op<Squeeze> = /* @__PURE__ */ defineOp({
  name: 'squeeze',
  options: axisChecks,
  lower: (x: Tensor, { axis }: AxisOptions = {}) => {
    if (axis === undefined)
      return reshapeNode(
        x,
        x.shape.filter((n) => n !== 1),
      );
    const at = normalizeAxis('squeeze', axis, x.rank);
    if (x.shape[at] !== 1) throw new ShapeError(`squeeze: axis ${axis} of ${showShape(x.shape)} must have size 1`);
    return reshapeNode(
      x,
      x.shape.filter((_, i) => i !== at),
    );
  },
  domain: { sample: (s) => [s.uniform([1, 3, 1]), s.pick([0, 2, -1, undefined])] },
});
