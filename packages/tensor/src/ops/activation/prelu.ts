import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import { anOperand } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Binary } from '../signatures/index.ts';

/**
 * The parametric rectified linear unit: negative elements are scaled by slopes that are learned.
 *
 * x where x > 0, else α · x, which is also the side that the gradient takes at 0 (He et al. 2015).
 *
 * @param x - any shape
 * @param alpha - the slopes: a shape that broadcasts with `x`'s, such as one slope a channel `[channels]`, of the same
 *   dtype; or a number
 * @throws ShapeError, DTypeError when the two do not fit together
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
