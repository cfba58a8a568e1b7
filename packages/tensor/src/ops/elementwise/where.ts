import { defineOp, type Op } from '../defineOp.ts';
import { anOperand, aTensor } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Where } from '../signatures/index.ts';

/**
 * Selects between two values, element by element. Use it to branch on values under `compile`.
 *
 * Both branches are computed, and both get a gradient, which is 0 for the branch that is not taken. Multiplied by an
 * infinite derivative, 0 becomes NaN: `where(greater(x, 0), sqrt(x), x)` has a NaN gradient at −1, as in PyTorch and
 * JAX. To avoid this, use a second `where` that passes a harmless argument to the function, as in the second example.
 *
 * @param condition - bool
 * @param a - the value if the condition holds; a shape that broadcasts with the others, or a number
 * @param b - the value otherwise; a shape that broadcasts with the others, or a number
 * @throws ShapeError if the shapes do not broadcast; DTypeError if the dtypes differ
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
