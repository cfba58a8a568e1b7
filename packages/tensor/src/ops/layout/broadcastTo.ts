import { defineOp, type Op } from '../defineOp.ts';
import { aTensor, numbers } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import { broadcastNode } from '../../nodes/view.ts';
import type { BroadcastTo } from '../signatures/index.ts';

/**
 * Broadcasts a tensor to a shape: repeats axes of size 1 and adds leading axes.
 *
 * @param x - any shape
 * @param shape - a shape that `x` broadcasts to under NumPy's rules
 * @throws ShapeError if `x` does not broadcast to it
 * @example
 * broadcastTo(tensor([1, 2]), [2, 2]).toArray(); // => 1,2,1,2
 */
export const broadcastTo: Op<BroadcastTo> = /* @__PURE__ */ defineOp({
  name: 'broadcastTo',
  params: { x: aTensor, shape: numbers },
  lower: (x: Tensor, shape: readonly number[]) => broadcastNode(x, shape),
  domain: {
    sample: (s) => [
      s.uniform([3, 1]),
      s.pick([
        [3, 2],
        [2, 3, 4],
      ]),
    ],
  },
});
