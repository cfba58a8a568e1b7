import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The smaller of two, element by element.
 *
 * min(a, b); NaN if either operand is NaN. Equal operands get half of the gradient each.
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - of the same dtype, in a shape that broadcasts with the shape of `a`; or a number
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * minimum(tensor([1, 5]), tensor([3, 2])).toArray(); // => 1,2
 */
export const minimum: Op<Binary<'minimum'>> = /* @__PURE__ */ defineOp({
  name: 'minimum',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.min, [a, b]),
});
