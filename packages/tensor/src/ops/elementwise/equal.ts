import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Comparison } from '../signatures/index.ts';

/**
 * Tells whether two elements are equal.
 *
 * a = b; false for NaN.
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - of the same dtype, in a shape that broadcasts with the shape of `a`; or a number
 * @returns bool
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * equal(tensor([1, 2]), 2).toArray(); // => false,true
 */
export const equal: Op<Comparison<'equal'>> = /* @__PURE__ */ defineOp({
  name: 'equal',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.eq, [a, b]),
});
