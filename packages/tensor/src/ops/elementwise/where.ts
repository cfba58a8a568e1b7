import { defineOp, type Op } from '../defineOp.ts';
import { anOperand, aTensor } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Where } from '../signatures/index.ts';

/**
 * Chooses between two values, element by element. Use it to branch on values under `compile`.
 *
 * Both branches are computed, and both get a gradient: that of the branch not taken is 0. Multiplied by an infinite
 * derivative, 0 becomes NaN: `where(greater(x, 0), sqrt(x), x)` has a NaN gradient at −1, as in PyTorch and JAX. The remedy
 * is a second `where` that gives the function a harmless argument, as in the second example.
 *
 * @param condition - bool
 * @param a - taken where the condition holds; a shape that broadcasts with the others, or a number
 * @param b - taken elsewhere; a shape that broadcasts with the others, or a number
 * @throws ShapeError, DTypeError when the three do not fit together
 * @example
 * const x = tensor([1, -2, 3]);
 * where(greater(x, 0), x, 0).toArray(); // => 1,0,3
 * @example
 * import { grad } from '@chainrule/autograd';
 * const safeRoot = (x) => {
 *   const positive = greater(x, 0);
 *   return sum(where(positive, sqrt(where(positive, x, 1)), x));
 * };
 * grad(safeRoot)(tensor([-1, 4])).toArray(); // => 1,0.25
 */
export const where: Op<Where> = /* @__PURE__ */ defineOp({
  name: 'where',
  params: { condition: aTensor, a: anOperand, b: anOperand },
  lower: (condition: Tensor, a: Tensor | number, b: Tensor | number) => map(e.select, [condition, a, b]),
  domain: { sample: (s) => [s.mask([2, 3]), s.uniform([2, 3]), s.uniform([3])] },
});
