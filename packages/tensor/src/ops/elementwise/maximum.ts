import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The larger of two, element by element.
 *
 * max(a, b); NaN where either is. Equal operands take half of the gradient each.
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - a shape that broadcasts with `a`'s under NumPy's rules, of the same dtype; or a number
 * @throws ShapeError, DTypeError when the two do not fit together
 * @example
 * maximum(tensor([1, 5]), tensor([3, 2])).toArray(); // => 3,5
 */
export const maximum: Op<Binary<'maximum'>> = /* @__PURE__ */ defineOp({
  name: 'maximum',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.max, [a, b]),
});
