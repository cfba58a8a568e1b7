import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

/**
 * Whether each condition does not hold.
 *
 * ¬x
 *
 * @param x - bool, any shape
 * @returns bool, of the shape of `x`
 * @throws DTypeError for other dtypes than bool
 * @example
 * logicalNot(greater(tensor([-1, 1]), 0)).toArray(); // => true,false
 */
export const logicalNot: Op<Unary<'bool'>> = /* @__PURE__ */ defineOp({
  name: 'logicalNot',
  lower: (x: Tensor) => map((v) => e.not(v), [x]),
  domain: { sample: (s) => [s.mask([2, 3])] },
});
