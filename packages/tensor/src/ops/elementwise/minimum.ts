import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The smaller of two, element by element.
 *
 * min(a, b); NaN where either is. Equal operands take half of the gradient each.
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - a shape that broadcasts with `a`'s under NumPy's rules, of the same dtype; or a number
 * @throws ShapeError, DTypeError when the two do not fit together
 * @example
 * minimum(tensor([1, 5]), tensor([3, 2])).toArray(); // => 1,2
 */
export const minimum: Op<Binary<'minimum'>> = /* @__PURE__ */ defineOp({
  name: 'minimum',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.min, [a, b]),
});
