import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import { isTensor, type Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';
import { signOf } from './signOf.ts';

/**
 * The remainder of truncated division, element by element.
 *
 * a − b · trunc(a / b), exactly. The sign is that of a, as in JavaScript's `%`, C's and NumPy's `fmod`; {@link mod} has
 * the sign of b. Division by 0 gives NaN, or 0 in int32. The gradient by b is −trunc(a / b).
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - of the same dtype, in a shape that broadcasts with the shape of `a`; or a number
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * fmod(tensor([7, -7]), 3).toArray(); // => 1,-1
 */
export const fmod: Op<Binary<'fmod'>> = /* @__PURE__ */ defineOp({
  name: 'fmod',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) =>
    map([a, b].some((x) => isTensor(x) && x.dtype === 'int32') ? integers : floats, [a, b]),
  // Quotients between integers, because the op jumps at integers.
  domain: {
    sample: (s) => {
      const low = s.pick([0.98, -1.02]);
      return [s.uniform([2, 3], 2.1, 2.9), s.uniform([3], low, low + 0.04)];
    },
  },
});

/** The result from the remainder of the magnitudes, which is exact. */
function floats(a: Expr, b: Expr): Expr {
  return e.mul(signOf(a), e.mod(e.mul(signOf(a), a), e.mul(signOf(b), b)));
}

/** The result from the remainder with the sign of b, because −2³¹ has no magnitude in int32. */
function integers(a: Expr, b: Expr): Expr {
  const rest = e.mod(a, b);
  return e.select(e.or(e.eq(rest, 0), e.eq(e.lt(a, 0), e.lt(rest, 0))), rest, e.sub(rest, b));
}
