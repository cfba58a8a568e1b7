import type { FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { horner } from './horner.ts';

/**
 * erf(√t)/√t on 0 ≤ t ≤ 3.93²: a quotient of degrees 5 and 5, 2/√π at 0, by Remez' algorithm for the least relative
 * error, 2.0e-8; the last bits of the float32 coefficients were then tuned for the least error of the computed value.
 */
const above = [1.1283792, 0.19024539, 0.052719116, 0.0037562684, 0.00028424003, 2.0456905e-6];
const below = [1, 0.5019335, 0.11403481, 0.01495112, 0.0011594491, 3.8012549e-5];

/**
 * erf x by one quotient, at most 6.6 ulp off, 0.9 on average; ±1 from ±3.93 on, where float32 has nothing nearer. Keeps
 * the sign of 0.
 */
export function erf(f: FunctionBuilder, l: Lanes, x: Floats): Floats {
  const held = f.let(l.pmin(l.pmax(x, l.const(-3.93)), l.const(3.93)));
  const t = f.let(l.mul(held, held));
  const y = l.div(l.mul(held, horner(l, t, above)), horner(l, t, below));
  return l.pmin(l.pmax(y, l.const(-1)), l.const(1));
}
