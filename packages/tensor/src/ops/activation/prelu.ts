import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { anOperand } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The parametric rectified linear unit: scales negative elements by learned slopes.
 *
 * x if x > 0, else α · x. The gradient at 0 is α (He et al. 2015).
 *
 * @param x - any shape
 * @param alpha - the slopes, of the same dtype, in a shape that broadcasts with the shape of `x`, such as one slope for
 *   each channel, `[channels]`; or a number
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
 * @example
 * prelu(tensor([[-2, 2], [-4, -4]]), tensor([0.5, 0.25])).toArray(); // => -1,2,-2,-1
 */
export const prelu: Op<Binary<'prelu', FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'prelu',
  params: { x: anOperand, alpha: anOperand },
  lower: (x: Tensor | number, alpha: Tensor | number) =>
    map((v, a) => e.select(e.le(v, 0), e.mul(v, a), v), [x, alpha]),
  domain: { avoid: [0], sample: (s) => [s.uniform([2, 3]), s.uniform([3])] },
});
