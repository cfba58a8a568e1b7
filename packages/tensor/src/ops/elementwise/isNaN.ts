import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Predicate } from '../signatures/index.ts';

/**
 * Tells whether each element is NaN.
 *
 * @param x - any shape
 * @returns bool, of the shape of `x`
 * @throws DTypeError if the dtype is not float32, float64 or int32
 * @example
 * isNaN(tensor([NaN, Infinity, 0])).toArray(); // => true,false,false
 */
export const isNaN: Op<Predicate> = /* @__PURE__ */ defineOp({
  name: 'isNaN',
  lower: (x: Tensor) => map((v) => e.not(e.eq(v, v)), [x]),
  domain: { sample: (s) => [map((v) => e.log(v), [s.uniform()])] },
});
