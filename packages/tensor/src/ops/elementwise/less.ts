import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Comparison } from '../signatures/index.ts';

/**
 * Tells whether a is less than b, element by element.
 *
 * a < b; false for NaN.
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - of the same dtype, in a shape that broadcasts with the shape of `a`; or a number
 * @returns bool
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * less(tensor([1, 2]), 2).toArray(); // => true,false
 */
export const less: Op<Comparison<'less'>> = /* @__PURE__ */ defineOp({
  name: 'less',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.lt, [a, b]),
});
