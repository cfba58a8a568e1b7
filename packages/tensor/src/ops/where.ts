import { defineOp, type Op } from '../core/defineOp.ts';
import type { Tensor } from '../core/tensor.ts';
import * as e from '../expr/build.ts';
import { map } from '../nodes/map.ts';
import type { Where } from '../types/signatures.ts';

/**
 * Chooses between two, element by element; the way to branch on values under `compile`.
 *
 * @param condition - bool
 * @param a - taken where the condition holds; a shape that broadcasts, or a number
 * @param b - taken elsewhere; likewise
 * @throws ShapeError, DTypeError when the three do not fit together
 * @example
 * const x = tensor([1, -2, 3]);
 * where(greater(x, 0), x, 0).toArray(); // => 1,0,3
 */
export const where: Op<Where> = /* @__PURE__ */ defineOp({
  name: 'where',
  lower: (condition: Tensor, a: Tensor | number, b: Tensor | number) => map(e.select, [condition, a, b]),
  domain: { sample: (s) => [s.mask([2, 3]), s.uniform([2, 3]), s.uniform([3])] },
});
