import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The product, element by element.
 *
 * a · b
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - of the same dtype, in a shape that broadcasts with the shape of `a`; or a number
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * mul(tensor([1, 2]), tensor([3, 4])).toArray(); // => 3,8
 */
export const mul: Op<Binary<'mul'>> = /* @__PURE__ */ defineOp({
  name: 'mul',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.mul, [a, b]),
});
