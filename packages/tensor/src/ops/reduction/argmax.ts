import { defineOp, type Op } from '../defineOp.ts';
import { normalizeAxis } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reduceNode } from '../../nodes/reduce.ts';
import { reshapeNode } from '../../nodes/view.ts';
import type { ArgReduction } from '../signatures/index.ts';
import { argReduceChecks, type ArgReduceOptions, keepAxes } from './reduceOptions.ts';

/**
 * The position of the largest element along an axis.
 *
 * Among equal elements the first wins; the first NaN wins over all numbers. No gradient.
 *
 * @param x - any shape
 * @param options - `axis`: by default, the position is that in the flattened tensor. `keepDims`: whether to keep the
 *   axis with size 1
 * @returns int32
 * @throws ShapeError for an axis that `x` does not have; ValueError if the axis has size 0
 * @example
 * argmax(tensor([[1, 5, 2], [7, 2, 9]]), { axis: 1 }).toArray(); // => 1,2
 */
export const argmax: Op<ArgReduction<'argmax'>> = /* @__PURE__ */ defineOp({
  name: 'argmax',
  options: argReduceChecks,
  lower: (x: Tensor, { axis, keepDims = false }: ArgReduceOptions = {}) => {
    const values = axis === undefined ? reshapeNode(x, [x.size]) : x;
    const axes = [axis === undefined ? 0 : normalizeAxis('argmax', axis, x.rank)];
    const all = axis === undefined ? x.shape.map((_, i) => i) : axes;
    return keepAxes(reduceNode(values, 'argmax', axes), x.shape, all, keepDims);
  },
  domain: { sample: (s) => [s.uniform([2, 3]), { axis: s.pick([0, 1]) }] },
});
