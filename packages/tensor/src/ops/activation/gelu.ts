import { aBoolean, type Checks } from '@chainrule/errors/check';
import type { FloatDType } from '../../array/dtype.ts';
import { defineOp, type Op } from '../defineOp.ts';
import type { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';
import { map } from '../../nodes/map.ts';
import type { UnaryWith } from '../signatures/index.ts';
import { fromBelow, within } from './saturate.ts';

export interface GeluOptions {
  /**
   * Whether to use the formula with the hyperbolic tangent. Default false, as in Keras and PyTorch; JAX's default is
   * true.
   */
  readonly approximate?: boolean;
}

/**
 * The Gaussian error linear unit: multiplies each element by the probability that a standard normal variable is below
 * it.
 *
 * x · Φ(x) with Φ(x) = erfc(−x/√2)/2, which is accurate for very negative x; with `approximate`, x/2 · (1 +
 * tanh(√(2/π)(x + 0.044715x³))) (Hendrycks and Gimpel 2016). The limits at −∞ and ∞ are −0 and ∞; those of the gradient
 * are 0 and 1.
 *
 * @param x - any shape
 * @param options - `approximate`, by default false
 * @returns the shape and dtype of `x`
 * @throws DTypeError if the dtype is not float32 or float64
 * @example
 * gelu(tensor([0, 1])).toArray(); // => 0,0.84134…
 */
export const gelu: Op<UnaryWith<GeluOptions, FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'gelu',
  options: { approximate: aBoolean } satisfies Checks<GeluOptions>,
  lower: (x: Tensor, { approximate = false }: GeluOptions = {}) =>
    map((v) => e.mul(fromBelow(v), approximate ? e.mul(0.5, e.add(1, e.tanh(cubic(v)))) : normalBelow(v)), [x]),
  pullback: (g: Tensor, _y: Tensor, x: Tensor, { approximate = false }: GeluOptions = {}) => [
    map((d, v) => e.mul(d, approximate ? approximateSlope(within(v)) : slope(within(v))), [g, x]),
  ],
  domain: { sample: (s) => [s.uniform(), s.pick([{}, { approximate: true }])] },
});

/** Φ(x), the probability that a standard normal variable is below x. */
function normalBelow(x: Expr): Expr {
  return e.mul(0.5, e.erfc(e.mul(x, -Math.SQRT1_2)));
}

/** Φ(x) + x · φ(x), with the density φ(x) = e^(−x²/2)/√(2π). */
function slope(x: Expr): Expr {
  const density = e.mul(1 / Math.sqrt(2 * Math.PI), e.exp(e.mul(-0.5, e.mul(x, x))));
  return e.add(normalBelow(x), e.mul(x, density));
}

const rootOfTwoOverPi = Math.sqrt(2 / Math.PI);

function cubic(x: Expr): Expr {
  return e.mul(rootOfTwoOverPi, e.add(x, e.mul(0.044715, e.mul(x, e.mul(x, x)))));
}

/** (1 + t)/2 + x/2 · (1 − t²) · u′ for t = tanh u, u = √(2/π)(x + 0.044715x³). */
function approximateSlope(x: Expr): Expr {
  const t = e.tanh(cubic(x));
  const inner = e.mul(rootOfTwoOverPi, e.add(1, e.mul(3 * 0.044715, e.mul(x, x))));
  return e.mul(0.5, e.add(e.add(1, t), e.mul(e.mul(x, e.sub(1, e.mul(t, t))), inner)));
}
