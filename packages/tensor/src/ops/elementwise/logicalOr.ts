import { defineOp, type Op } from '../defineOp.ts';
import { twoTensors } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { arg } from '../../expr/expr.ts';
import { mapNode } from '../../nodes/map.ts';
import type { Logical } from '../signatures/index.ts';

/**
 * Tells whether at least one of two conditions holds, element by element.
 *
 * a ∨ b
 *
 * @param a - bool, any shape
 * @param b - bool, in a shape that broadcasts with the shape of `a`
 * @returns bool
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtype is not bool
 * @example
 * const x = tensor([-1, 1, 3]);
 * logicalOr(greater(x, 0), less(x, 0)).toArray(); // => true,true,true
 */
export const logicalOr: Op<Logical<'logicalOr'>> = /* @__PURE__ */ defineOp({
  name: 'logicalOr',
  params: twoTensors,
  lower: (a: Tensor, b: Tensor) => mapNode(e.or(arg(0), arg(1)), [a, b]),
  domain: { sample: (s) => [s.mask([2, 3]), s.mask([3])] },
});
