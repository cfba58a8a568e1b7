import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { twoOperands } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The quotient, element by element.
 *
 * a / b in floating point
 *
 * @param a - any shape; or a number, which takes the dtype of `b`
 * @param b - of the same dtype, in a shape that broadcasts with the shape of `a`; or a number
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * div(tensor([1, 4]), 2).toArray(); // => 0.5,2
 */
export const div: Op<Binary<'div', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'div',
  params: twoOperands,
  lower: (a: Tensor | number, b: Tensor | number) => map(e.div, [a, b]),
  domain: { range: [0.5, 2] },
});
