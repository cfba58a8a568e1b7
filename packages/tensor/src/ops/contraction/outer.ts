import { ShapeError, showShape } from '@chainrule/errors';
import { defineOp, type Op } from '../defineOp.ts';
import { twoTensors } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import { reshapeNode } from '../../nodes/view.ts';
import type { Outer } from '../signatures/index.ts';

/**
 * The outer product of two vectors.
 *
 * cᵢⱼ = aᵢ bⱼ
 *
 * @param a - `[n]`
 * @param b - `[m]`
 * @returns `[n, m]`
 * @throws ShapeError for other ranks; DTypeError if dtypes differ
 * @example
 * outer(tensor([1, 2]), tensor([3, 4])).toArray(); // => 3,4,6,8
 */
export const outer: Op<Outer> = /* @__PURE__ */ defineOp({
  name: 'outer',
  params: twoTensors,
  lower: (a: Tensor, b: Tensor) => {
    if (a.rank !== 1 || b.rank !== 1)
      throw new ShapeError(`outer: expects rank 1, got ${showShape(a.shape)} and ${showShape(b.shape)}`);
    return map(e.mul, [reshapeNode(a, [a.size, 1]), b]);
  },
  domain: { sample: (s) => [s.uniform([s.integer(1, 4)]), s.uniform([3])] },
});
