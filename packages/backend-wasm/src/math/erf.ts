import type { FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { horner } from './horner.ts';

/**
 * The numerator of a rational approximation of erf(√t)/√t on 0 ≤ t ≤ 3.93², of degree 5 over 5. Remez' algorithm
 * minimized the relative error (2.0e-8), with the value 2/√π at 0. Afterwards the last bits of the float32 coefficients
 * were tuned to minimize the error of the computed value.
 */
const above = [1.1283792, 0.19024539, 0.052719116, 0.0037562684, 0.00028424003, 2.0456905e-6];
/** The denominator. */
const below = [1, 0.5019335, 0.11403481, 0.01495112, 0.0011594491, 3.8012549e-5];

/**
 * erf x by one rational approximation. The error is at most 6.6 ulp, and 0.9 ulp on average. The result is ±1 for
 * |x| ≥ 3.93, where that is the nearest float32. The sign of 0 is preserved.
 */
export function erf(f: FunctionBuilder, l: Lanes, x: Floats): Floats {
  const held = f.let(l.pmin(l.pmax(x, l.const(-3.93)), l.const(3.93)));
  const t = f.let(l.mul(held, held));
  const y = l.div(l.mul(held, horner(l, t, above)), horner(l, t, below));
  return l.pmin(l.pmax(y, l.const(-1)), l.const(1));
}
