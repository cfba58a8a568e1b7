import type { FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { logOfSplit, splitFloat } from './logParts.ts';

/**
 * ln(1 + x). The error is at most 1.5 ulp. The rounding error of u = 1 + x can be computed exactly: it is x − (u − 1)
 * for x < 1, and 1 − (u − x) otherwise. It is scaled like u and added to the mantissa. The result is −∞ at −1, and NaN
 * below. The sign of 0 is preserved.
 */
export function log1p(f: FunctionBuilder, l: Lanes, x: Floats): Floats {
  const one = l.const(1);
  const at = f.let(x);
  const u = f.let(l.add(one, at));
  const lost = l.select(l.lt(at, one), l.sub(at, l.sub(u, one)), l.sub(one, l.sub(u, at)));
  const { m, k } = splitFloat(f, l, u);
  // The shift cannot make 2⁻¹²⁷ or less. For numbers that large, the rounding error does not matter.
  const scale = l.asFloats(l.ints.shl(l.ints.sub(l.ints.const(127), l.ints.min(k, l.ints.const(126))), 23));
  const y = logOfSplit(f, l, l.madd(lost, scale, l.sub(m, one)), l.toFloats(k));
  const pole = l.select(l.eq(u, l.const(0)), l.const(-Infinity), l.const(NaN));
  const inside = l.select(l.lt(l.const(0), u), l.select(l.lt(u, l.const(Infinity)), y, at), pole);
  return l.select(l.eq(at, l.const(0)), at, inside);
}
