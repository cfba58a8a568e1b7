import { anInteger, optional } from '@chainrule/errors/check';
import { defineOp, type Op } from '../defineOp.ts';
import { aTensor } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import type { UnaryWith } from '../signatures/index.ts';
import { triangle } from './triangle.ts';

/**
 * The upper triangle of matrices. Elements below a diagonal become 0.
 *
 * xᵢⱼ where j − i ≥ k, else 0
 *
 * @param x - `[…, rows, columns]`
 * @param k - the diagonal: 0 is the main diagonal, positive ones are above it, negative ones below. Default 0
 * @throws ShapeError below rank 2; OptionError if `k` is not an integer
 * @example
 * triu(tensor([[1, 2], [3, 4]])).toArray(); // => 1,2,0,4
 */
export const triu: Op<UnaryWith<number>> = /* @__PURE__ */ defineOp({
  name: 'triu',
  params: { x: aTensor, k: /* @__PURE__ */ optional(anInteger) },
  lower: (x: Tensor, k = 0) => triangle('triu', x, k, (d, at) => e.le(at, d)),
  domain: { sample: (s) => [s.uniform([2, 3, 4]), s.pick([0, 1, -1, 5])] },
});
