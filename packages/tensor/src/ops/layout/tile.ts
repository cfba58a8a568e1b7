import { OptionError, showValue } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import { aTensor, numbers } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import { broadcastNode, reshapeNode } from '../../nodes/view.ts';
import type { Tile } from '../signatures/index.ts';

/**
 * Repeats the whole tensor, as NumPy's `tile`.
 *
 * out[…, i, …] = x[…, i mod n, …]
 *
 * @param x - any shape
 * @param reps - the number of copies along each axis, aligned at the last one. Missing numbers are 1; extra numbers add
 *   leading axes
 * @throws OptionError if repetitions are not integers of at least 0
 * @example
 * tile(tensor([1, 2]), [2]).toArray(); // => 1,2,1,2
 * tile(tensor([1, 2]), [2, 1]).toArray(); // => 1,2,1,2
 */
export const tile: Op<Tile> = /* @__PURE__ */ defineOp({
  name: 'tile',
  params: { x: aTensor, reps: numbers },
  lower: (x: Tensor, reps: readonly number[]) => {
    if (!Array.isArray(reps) || reps.some((n) => !Number.isInteger(n) || n < 0)) {
      throw new OptionError(`tile: \`reps\` must be a list of integers of at least 0, got ${showValue(reps)}`);
    }
    const rank = Math.max(x.rank, reps.length);
    const sizes = [...new Array<number>(rank - x.rank).fill(1), ...x.shape];
    const times = [...new Array<number>(rank - reps.length).fill(1), ...(reps as readonly number[])];
    const cells = reshapeNode(
      x,
      sizes.flatMap((n) => [1, n]),
    );
    return reshapeNode(
      broadcastNode(
        cells,
        sizes.flatMap((n, i) => [times[i]!, n]),
      ),
      sizes.map((n, i) => n * times[i]!),
    );
  },
  domain: { sample: (s) => [s.uniform([2, 3]), s.pick([[2], [2, 1], [1, 2], [2, 1, 2], []])] },
});
