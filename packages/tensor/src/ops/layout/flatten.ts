import { ShapeError, showShape } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import { sizeOf } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reshapeNode } from '../../nodes/view.ts';
import type { Flatten } from '../signatures/index.ts';

/**
 * Flattens all axes except the batch, as Keras' layer. To flatten everything, write `reshape(x, [-1])`.
 *
 * @param x - `[batch, …]`
 * @returns `[batch, features]`
 * @throws ShapeError for a scalar
 * @example
 * flatten(zeros([2, 3, 4])).shape; // => 2,12
 */
export const flatten: Op<Flatten> = /* @__PURE__ */ defineOp({
  name: 'flatten',
  lower: (x: Tensor) => {
    if (x.rank === 0) throw new ShapeError(`flatten: expects rank 1 or more, got ${showShape(x.shape)}`);
    return reshapeNode(x, [x.shape[0], sizeOf(x.shape.slice(1))]);
  },
});
