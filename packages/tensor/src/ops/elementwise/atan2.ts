import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { anOperand } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';
import { isNegative, signOf } from './signOf.ts';

/** arctan(a / b). If b is smaller, uses the inverse, so that neither the quotient nor its derivative overflows. */
function firstQuadrant(a: Expr, b: Expr): Expr {
  const both = (value: number): Expr => e.and(e.eq(a, value), e.eq(b, value));
  const low = e.atan(e.select(both(0), 0, e.select(both(Infinity), 1, e.div(a, b))));
  return e.select(e.le(a, b), low, e.sub(Math.PI / 2, e.atan(e.div(b, a))));
}

/** The angle of (|x|, |y|), mirrored to the quadrant of (x, y). */
function angleOf(y: Expr, x: Expr): Expr {
  const angle = firstQuadrant(e.mul(signOf(y), y), e.mul(signOf(x), x));
  return e.mul(signOf(y), e.select(isNegative(x), e.sub(Math.PI, angle), angle));
}

/**
 * The angle in [−π, π] between the positive x axis and the point (x, y), element by element.
 *
 * arctan(y / x) in the quadrant of (x, y), as in IEEE 754. Zeros and infinities keep their signs: 0 for (0, 0), π for y
 * = 0 and x = −0. The gradient by y and x is (x, −y) / (x² + y²); 0 at the origin.
 *
 * @param y - any shape; or a number, which takes the dtype of `x`
 * @param x - of the same dtype, in a shape that broadcasts with the shape of `y`; or a number
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * atan2(tensor([1, 1, -1]), tensor([1, -1, -1])).toArray(); // => 0.785398…,2.356194…,-2.356194…
 */
export const atan2: Op<Binary<'atan2', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'atan2',
  params: { y: anOperand, x: anOperand },
  lower: (y: Tensor | number, x: Tensor | number) => map(angleOf, [y, x]),
  domain: { sample: (s) => [s.uniform([2, 3]), s.pick([s.uniform([2, 3]), s.uniform([3]), s.uniform([])])] },
});
