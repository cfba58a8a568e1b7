import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The remainder of the floored division, element by element.
 *
 * a − b ⌊a / b⌋, with the sign of b as in NumPy's `remainder`, not that of a as in JavaScript's `%`. Divided by 0 it is
 * NaN, and 0 in int32. The gradient in b is −⌊a / b⌋.
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - a shape that broadcasts with `a`'s under NumPy's rules, of the same dtype; or a number
 * @throws ShapeError, DTypeError when the two do not fit together
 * @example
 * mod(tensor([7, -7]), 3).toArray(); // => 1,2
 */
export const mod: Op<Binary<'mod'>> = /* @__PURE__ */ defineOp({
  name: 'mod',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.mod, [a, b]),
  // Quotients between integers, where the steps are.
  domain: {
    sample: (s) => {
      const low = s.pick([0.98, -1.02]);
      return [s.uniform([2, 3], 2.1, 2.9), s.uniform([3], low, low + 0.04)];
    },
  },
});
