import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Comparison } from '../signatures/index.ts';

/**
 * Tells whether two elements differ.
 *
 * a ≠ b; true for NaN.
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - of the same dtype, in a shape that broadcasts with the shape of `a`; or a number
 * @returns bool
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * notEqual(tensor([1, 2]), 2).toArray(); // => true,false
 */
export const notEqual: Op<Comparison<'notEqual'>> = /* @__PURE__ */ defineOp({
  name: 'notEqual',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map((x, y) => e.not(e.eq(x, y)), [a, b]),
  // Integers, so that some are equal.
  domain: { sample: (s) => [s.integers([2, 3], 0, 3), s.integers([3], 0, 3)] },
});
