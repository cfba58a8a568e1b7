import { ShapeError, showShape } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import { aTensor, numbers } from '../../array/checks.ts';
import { sizeOf } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reshapeNode } from '../../nodes/view.ts';
import type { Reshape } from '../signatures/index.ts';

/**
 * Changes the shape. The elements keep their row-major order.
 *
 * @param x - any shape
 * @param shape - sizes with the same product; one may be −1 and is computed from the others
 * @throws ShapeError if the numbers of elements differ
 * @example
 * reshape(arange(6), [2, -1]).toArray(); // => 0,1,2,3,4,5
 */
export const reshape: Op<Reshape> = /* @__PURE__ */ defineOp({
  name: 'reshape',
  params: { x: aTensor, shape: numbers },
  lower: (x: Tensor, shape: readonly number[]) => {
    const wild = shape.indexOf(-1);
    if (wild < 0) return reshapeNode(x, shape);
    if (shape.includes(-1, wild + 1))
      throw new ShapeError(`reshape: \`shape\` may leave one size open with -1, got ${showShape(shape)}`);
    const rest = sizeOf(shape.filter((_, i) => i !== wild));
    if (rest === 0 || x.size % rest !== 0)
      throw new ShapeError(`reshape: ${showShape(x.shape)} does not divide into ${showShape(shape)}`);
    return reshapeNode(
      x,
      shape.map((n, i) => (i === wild ? x.size / rest : n)),
    );
  },
  domain: { sample: (s) => [s.uniform([2, 6]), s.pick([[3, 4], [-1], [1, 12, 1]])] },
});
