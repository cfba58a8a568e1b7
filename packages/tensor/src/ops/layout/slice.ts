import { ShapeError, showShape } from '@chainrule/errors';
import { optional } from '@chainrule/errors/check';
import { defineOp, type Op } from '../defineOp.ts';
import { aTensor, numbers } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import { sliceNode } from '../../nodes/view.ts';
import type { Slice } from '../signatures/index.ts';

/**
 * Extracts a block of elements.
 *
 * @param x - any shape
 * @param begin - the first position on each axis; negative ones count from the end
 * @param size - the number of positions on each axis; −1 reaches to the end
 * @param strides - the distance between positions, by default 1 everywhere
 * @throws ShapeError if the block is out of range
 * @example
 * slice(tensor([[1, 2, 3], [4, 5, 6]]), [0, 1], [2, -1]).toArray(); // => 2,3,5,6
 * slice(tensor([1, 2, 3]), [-2], [-1]).toArray(); // => 2,3
 */
export const slice: Op<Slice> = /* @__PURE__ */ defineOp({
  name: 'slice',
  params: { x: aTensor, begin: numbers, size: numbers, strides: /* @__PURE__ */ optional(numbers) },
  lower: (
    x: Tensor,
    begin: readonly number[],
    size: readonly number[],
    strides: readonly number[] = x.shape.map(() => 1),
  ) => {
    for (const [name, list] of Object.entries({ size, begin, strides })) {
      if (list.length !== x.rank)
        throw new ShapeError(
          `slice: needs ${x.rank} entries in \`${name}\` for ${showShape(x.shape)}, got ${showShape(list)}`,
        );
    }
    const first = begin.map((n, i) => (n < 0 && n >= -x.shape[i]! ? n + x.shape[i]! : n));
    const resolved = size.map((n, i) =>
      n === -1 ? Math.max(0, Math.ceil((x.shape[i]! - first[i]!) / strides[i]!)) : n,
    );
    return sliceNode(x, first, resolved, strides);
  },
  domain: {
    sample: (s) =>
      s.pick([
        [s.uniform([3, 4]), [1, 0], [2, 2]],
        [s.uniform([3, 4]), [0, 1], [-1, -1], [2, 3]],
        [s.uniform([3, 4]), [-2, -3], [1, -1]],
      ]),
  },
});
