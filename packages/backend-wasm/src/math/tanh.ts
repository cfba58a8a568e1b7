import type { FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { horner } from './horner.ts';

/**
 * The numerator of a rational approximation of tanh(√t)/√t on 0 ≤ t ≤ 9.02², of degree 4 over 4. Remez' algorithm
 * minimized the relative error (2.2e-8), with the value 1 at 0. Afterwards the last bits of the float32 coefficients
 * were tuned to minimize the error of the computed value.
 */
const above = [1, 0.13382682, 0.0034974569, 2.0635796e-5, 1.33842e-8];
/** The denominator. */
const below = [1, 0.46715996, 0.025884356, 0.00032885146, 7.790238e-7];

/**
 * tanh x by one rational approximation. The error is at most 6.1 ulp, and 0.9 ulp on average (all floats from 1 up were
 * tried). The result is ±1 for |x| ≥ 9.02, where that is the nearest float32, and exact for subnormals and both zeros.
 */
export function tanh(f: FunctionBuilder, l: Lanes, x: Floats): Floats {
  const held = f.let(l.pmin(l.pmax(x, l.const(-9.02)), l.const(9.02)));
  const t = f.let(l.mul(held, held));
  const y = l.div(l.mul(held, horner(l, t, above)), horner(l, t, below));
  return l.pmin(l.pmax(y, l.const(-1)), l.const(1));
}
