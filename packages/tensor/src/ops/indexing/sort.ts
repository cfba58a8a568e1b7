import { defineOp, type Op } from '../defineOp.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { argsortNode } from '../../nodes/argsort.ts';
import { takeAlongAxisNode } from '../../nodes/gather.ts';
import { argsortChecks, type ArgsortOptions, type Sorting } from './argsort.ts';

/**
 * Sorts the elements along an axis. NaN comes last.
 *
 * takeAlongAxis(x, argsort(x)), which has a gradient
 *
 * @param x - any shape of rank 1 or more
 * @param options - `axis`, by default the last; `descending`, by default false
 * @returns the shape and dtype of `x`
 * @throws ShapeError for an axis that `x` does not have
 * @example
 * sort(tensor([3, 1, 2])).toArray(); // => 1,2,3
 */
export const sort: Op<Sorting> = /* @__PURE__ */ defineOp({
  name: 'sort',
  options: argsortChecks,
  lower: (x: Tensor, { axis = -1, descending = false }: ArgsortOptions = {}) => {
    const at = normalizeAxis('sort', axis, x.rank);
    return takeAlongAxisNode(x, argsortNode(x, at, descending), at);
  },
  domain: { sample: (s) => [s.uniform([3, 4]), { axis: s.pick([0, 1]), descending: s.pick([true, false]) }] },
});
