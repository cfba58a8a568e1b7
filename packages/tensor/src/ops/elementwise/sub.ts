import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The difference, element by element.
 *
 * a − b
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - of the same dtype, in a shape that broadcasts with the shape of `a`; or a number
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * sub(tensor([5, 7]), 2).toArray(); // => 3,5
 */
export const sub: Op<Binary<'sub'>> = /* @__PURE__ */ defineOp({
  name: 'sub',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.sub, [a, b]),
});
