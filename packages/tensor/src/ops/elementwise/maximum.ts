import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The larger of two, element by element.
 *
 * max(a, b); NaN if either operand is NaN. Equal operands get half of the gradient each.
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - of the same dtype, in a shape that broadcasts with the shape of `a`; or a number
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * maximum(tensor([1, 5]), tensor([3, 2])).toArray(); // => 3,5
 */
export const maximum: Op<Binary<'maximum'>> = /* @__PURE__ */ defineOp({
  name: 'maximum',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.max, [a, b]),
});
