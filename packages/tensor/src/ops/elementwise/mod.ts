import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The remainder of floored division, element by element.
 *
 * a − b ⌊a / b⌋. The sign is that of b, as in NumPy's `remainder`; JavaScript's `%` has the sign of a. Division by 0
 * gives NaN, or 0 in int32. The gradient by b is −⌊a / b⌋.
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - of the same dtype, in a shape that broadcasts with the shape of `a`; or a number
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * mod(tensor([7, -7]), 3).toArray(); // => 1,2
 */
export const mod: Op<Binary<'mod'>> = /* @__PURE__ */ defineOp({
  name: 'mod',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.mod, [a, b]),
  // Quotients between integers, because the op jumps at integers.
  domain: {
    sample: (s) => {
      const low = s.pick([0.98, -1.02]);
      return [s.uniform([2, 3], 2.1, 2.9), s.uniform([3], low, low + 0.04)];
    },
  },
});
