import { defineOp, type Op } from '../defineOp.ts';
import { axesChecks, type AxesOptions } from '../../array/checks.ts';
import { normalizeAxes } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { flipNode } from '../../nodes/view.ts';
import type { Flip } from '../signatures/index.ts';

/**
 * Reverses the order of the elements along axes.
 *
 * @param x - any shape
 * @param axis - one or several, by default all
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * flip(tensor([1, 2, 3])).toArray(); // => 3,2,1
 */
export const flip: Op<Flip> = /* @__PURE__ */ defineOp({
  name: 'flip',
  options: axesChecks,
  lower: (x: Tensor, { axis }: AxesOptions = {}) => flipNode(x, normalizeAxes('flip', axis, x.rank)),
  domain: { sample: (s) => [s.uniform([2, 3]), s.pick([0, -1, [0, 1], undefined])] },
});
