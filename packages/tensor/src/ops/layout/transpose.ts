import { optional } from '@chainrule/errors/check';
import { defineOp, type Op } from '../defineOp.ts';
import { aTensor, numbers } from '../../array/checks.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { transposeNode } from '../../nodes/view.ts';
import type { Transpose } from '../signatures/index.ts';

/**
 * Permutes the axes.
 *
 * @param x - any shape
 * @param axes - axis i of the result is axis `axes[i]` of `x`; by default the order is reversed
 * @throws ShapeError if `axes` is not a permutation
 * @example
 * transpose(tensor([[1, 2], [3, 4]])).toArray(); // => 1,3,2,4
 */
export const transpose: Op<Transpose> = /* @__PURE__ */ defineOp({
  name: 'transpose',
  params: { x: aTensor, axes: /* @__PURE__ */ optional(numbers) },
  lower: (x: Tensor, axes: readonly number[] = x.shape.map((_, i) => x.rank - 1 - i)) =>
    transposeNode(
      x,
      axes.map((a) => normalizeAxis('transpose', a, x.rank)),
    ),
  domain: {
    sample: (s) => [
      s.uniform([2, 3, 4]),
      s.pick([
        [0, 2, 1],
        [2, 0, 1],
        [1, -1, 0],
      ]),
    ],
  },
});
