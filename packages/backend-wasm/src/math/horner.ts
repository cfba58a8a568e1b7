import type { Floats, Lanes } from '../lanes/lanes.ts';

/** c₀ + c₁x + c₂x² + …. `x` must be a local, because the code reads it at every step. */
export function horner(l: Lanes, x: Floats, coefficients: readonly number[]): Floats {
  const [first, ...rest] = coefficients;
  return rest.length === 0 ? l.const(first!) : l.madd(x, horner(l, x, rest), l.const(first!));
}
