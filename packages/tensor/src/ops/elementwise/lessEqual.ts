import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Comparison } from '../signatures/index.ts';

/**
 * Whether the first element is not the larger one.
 *
 * a ≤ b; false for NaN.
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - a shape that broadcasts with `a`'s, of the same dtype; or a number
 * @returns bool
 * @throws ShapeError, DTypeError when the two do not fit together
 * @example
 * lessEqual(tensor([1, 2]), 1).toArray(); // => true,false
 */
export const lessEqual: Op<Comparison<'lessEqual'>> = /* @__PURE__ */ defineOp({
  name: 'lessEqual',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.le, [a, b]),
});
