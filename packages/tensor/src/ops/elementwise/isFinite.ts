import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Predicate } from '../signatures/index.ts';

/**
 * Tells whether each element is finite: not ±∞ and not NaN.
 *
 * x − x = 0
 *
 * @param x - any shape
 * @returns bool, of the shape of `x`
 * @throws DTypeError if the dtype is not float32, float64 or int32
 * @example
 * isFinite(tensor([NaN, Infinity, 0])).toArray(); // => false,false,true
 */
export const isFinite: Op<Predicate> = /* @__PURE__ */ defineOp({
  name: 'isFinite',
  lower: (x: Tensor) => map((v) => e.eq(e.sub(v, v), 0), [x]),
  domain: { sample: (s) => [map((v) => e.div(v, e.ceil(v)), [s.uniform()])] },
});
