import { ShapeError, showShape } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import { twoTensors } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import { matmulNode } from '../../nodes/matmul.ts';
import { reshapeNode } from '../../nodes/view.ts';
import type { Dot } from '../signatures/index.ts';

/**
 * The product of vectors and matrices. Two vectors give their inner product. For batches use {@link matmul}.
 *
 * Σₖ a[…, k] b[k, …]
 *
 * @param a - `[k]` or `[m, k]`
 * @param b - `[k]` or `[k, n]`
 * @returns `[]`, `[m]`, `[n]` or `[m, n]`
 * @throws ShapeError if sizes differ or a rank is not 1 or 2; DTypeError for integers
 * @example
 * dot(tensor([1, 2]), tensor([3, 4])).item(); // => 11
 * dot(tensor([[1, 2], [3, 4]]), tensor([1, 1])).toArray(); // => 3,7
 */
export const dot: Op<Dot<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'dot',
  params: twoTensors,
  lower: (a: Tensor, b: Tensor) => {
    const shapes = `${showShape(a.shape)} and ${showShape(b.shape)}`;
    if (![a, b].every(({ rank }) => rank === 1 || rank === 2))
      throw new ShapeError(`dot: expects rank 1 or 2, got ${shapes}; for batches use \`matmul\``);
    if (a.shape.at(-1) !== b.shape[0])
      throw new ShapeError(`dot: the last axis of \`a\` must match the first of \`b\`, got ${shapes}`);
    const depth = b.shape[0];
    const product = matmulNode(
      a.rank === 2 ? a : reshapeNode(a, [1, depth]),
      b.rank === 2 ? b : reshapeNode(b, [depth, 1]),
    );
    const shape = [...a.shape.slice(0, -1), ...b.shape.slice(1)];
    return shape.length === 2 ? product : reshapeNode(product, shape);
  },
  domain: {
    sample: (s) =>
      s.pick([
        [s.uniform([3]), s.uniform([3])],
        [s.uniform([2, 3]), s.uniform([3, 4])],
        [s.uniform([2, 3]), s.uniform([3])],
        [s.uniform([3]), s.uniform([3, 2])],
      ]),
  },
});
