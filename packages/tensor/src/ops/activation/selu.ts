import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';
import type { Unary } from '../signatures/index.ts';

const scale = 1.0507009873554805;
const alpha = 1.6732632423543772;

/**
 * The scaled exponential linear unit, which drives activations toward mean 0 and variance 1.
 *
 * λx if x > 0, else λα(eˣ − 1), with λ = 1.0507009873554805 and α = 1.6732632423543772 (Klambauer et al. 2017).
 *
 * @param x - any shape
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * selu(tensor([1, -Infinity])).toArray(); // => 1.0507…,-1.7580…
 */
export const selu: Op<Unary<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'selu',
  lower: (x: Tensor) => map((v) => e.select(e.le(v, 0), e.mul(scale * alpha, e.expm1(v)), e.mul(scale, v)), [x]),
  domain: { avoid: [0] },
});
