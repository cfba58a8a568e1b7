import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * Negates each condition.
 *
 * ¬x
 *
 * @param x - bool, any shape
 * @returns bool, of the shape of `x`
 * @throws DTypeError if the dtype is not bool
 * @example
 * logicalNot(greater(tensor([-1, 1]), 0)).toArray(); // => true,false
 */
export const logicalNot: Op<Unary<'bool'>> = /* @__PURE__ */ defineOp({
  name: 'logicalNot',
  lower: (x: Tensor) => map((v) => e.not(v), [x]),
  domain: { sample: (s) => [s.mask([2, 3])] },
});
