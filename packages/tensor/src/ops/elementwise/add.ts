import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The sum, element by element.
 *
 * a + b
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - of the same dtype, in a shape that broadcasts with the shape of `a`; or a number
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * add(tensor([1, 2]), tensor([10, 20])).toArray(); // => 11,22
 */
export const add: Op<Binary<'add'>> = /* @__PURE__ */ defineOp({
  name: 'add',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.add, [a, b]),
});
