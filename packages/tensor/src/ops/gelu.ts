import type { FloatDType } from '../core/dtype.ts';
import { defineOp, type Op } from '../core/defineOp.ts';
import type { Tensor } from '../core/tensor.ts';
import * as e from '../expr/build.ts';
import type { Expr } from '../expr/expr.ts';
import { map } from '../nodes/map.ts';
import type { UnaryWith } from '../types/signatures.ts';

export interface GeluOptions {
  /** Whether the formula with the hyperbolic tangent is used. Default false, as in Keras and PyTorch; JAX's is true. */
  readonly approximate?: boolean;
}

/**
 * The Gaussian error linear unit: each element times the probability that a normal variable is below it.
 *
 * x/2 · (1 + erf(x/√2)); with `approximate`, x/2 · (1 + tanh(√(2/π)(x + 0.044715x³))) (Hendrycks and Gimpel 2016). NaN
 * at −∞, where it is −∞ · 0.
 *
 * @param x - any shape
 * @param options - `approximate`, by default false
 * @returns the shape and dtype of `x`
 * @throws DTypeError for other dtypes than float32 and float64
 * @example
 * gelu(tensor([0, 1])).toArray(); // => 0,0.84134…
 */
export const gelu: Op<UnaryWith<GeluOptions, FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'gelu',
  lower: (x: Tensor, { approximate = false }: GeluOptions = {}) =>
    map((v) => e.mul(e.mul(v, 0.5), e.add(1, approximate ? e.tanh(cubic(v)) : e.erf(e.mul(v, Math.SQRT1_2)))), [x]),
  domain: { sample: (s) => [s.uniform(), s.pick([{}, { approximate: true }])] },
});

const rootOfTwoOverPi = Math.sqrt(2 / Math.PI);

function cubic(x: Expr): Expr {
  return e.mul(rootOfTwoOverPi, e.add(x, e.mul(0.044715, e.mul(x, e.mul(x, x)))));
}
