import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The power, element by element.
 *
 * aᵇ; the gradient by `b` is aᵇ ln a, which needs a > 0 (0 if a is 0).
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - of the same dtype, in a shape that broadcasts with the shape of `a`; or a number
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * pow(tensor([2, 3]), 2).toArray(); // => 4,9
 */
export const pow: Op<Binary<'pow', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'pow',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.pow, [a, b]),
  domain: { range: [0.5, 2] },
});
