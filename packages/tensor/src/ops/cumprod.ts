import { defineOp, type Op } from '../core/defineOp.ts';
import { normalizeAxis } from '../core/shape.ts';
import type { Tensor } from '../core/tensor.ts';
import { prefix } from '../nodes/prefix.ts';
import type { UnaryWith } from '../types/signatures.ts';

/**
 * The cumulative product along an axis, up to and including each element.
 *
 * @param x - any shape of rank 1 or more
 * @param axis - by default the last
 * @returns the shape and dtype of `x`
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * cumprod(tensor([1, 2, 3])).toArray(); // => 1,2,6
 */
export const cumprod: Op<UnaryWith<number>> = /* @__PURE__ */ defineOp({
  name: 'cumprod',
  lower: (x: Tensor, axis = -1) => prefix(x, 'prod', normalizeAxis('cumprod', axis, x.rank)),
  domain: { sample: (s) => [s.uniform([2, 3]), s.pick([0, 1, -1])] },
});
