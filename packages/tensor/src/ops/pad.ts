import { ShapeError, showShape } from '@chainrule/errors';
import { defineOp, type Op } from '../core/defineOp.ts';
import type { Tensor } from '../core/tensor.ts';
import { padView } from '../nodes/view.ts';
import type { Pad } from '../types/signatures.ts';

/**
 * Puts a constant border around.
 *
 * @param x - any shape
 * @param paddings - `[before, after]` for each axis
 * @param value - of the border, by default 0
 * @throws ShapeError for another number of pairs, or negative ones
 * @example
 * pad(tensor([1, 2]), [[1, 2]], 9).toArray(); // => 9,1,2,9,9
 */
export const pad: Op<Pad> = /* @__PURE__ */ defineOp({
  name: 'pad',
  lower: (x: Tensor, paddings: readonly (readonly [number, number])[], value = 0) => {
    if (paddings.length !== x.rank) throw new ShapeError(`pad: needs ${x.rank} pairs for ${showShape(x.shape)}, got ${paddings.length}`);
    const before = paddings.map(([b]) => b);
    return padView(x, before, x.shape.map((n, i) => n + before[i]! + paddings[i]![1]), { value });
  },
  domain: { sample: (s) => [s.uniform([2, 3]), [[1, 0], [0, 2]], 0.5] },
});
