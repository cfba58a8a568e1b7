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
 * @param b - a shape that broadcasts with `a`'s under NumPy's rules, of the same dtype; or a number
 * @throws ShapeError, DTypeError when the two do not fit together
 * @example
 * add(tensor([1, 2]), tensor([10, 20])).toArray(); // => 11,22
 */
export const add: Op<Binary<'add'>> = /* @__PURE__ */ defineOp({
  name: 'add',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.add, [a, b]),
});
