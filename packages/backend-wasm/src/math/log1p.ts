import type { FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { logOfSplit, splitFloat } from './logParts.ts';

/**
 * ln(1 + x), at most 1.5 ulp off. What is lost in u = 1 + x, exactly x − (u − 1) or, from 1 on, 1 − (u − x), is scaled
 * with u and given back. −∞ at −1, NaN below; keeps the sign of 0.
 */
export function log1p(f: FunctionBuilder, l: Lanes, x: Floats): Floats {
  const one = l.const(1);
  const at = f.let(x);
  const u = f.let(l.add(one, at));
  const lost = l.select(l.lt(at, one), l.sub(at, l.sub(u, one)), l.sub(one, l.sub(u, at)));
  const { m, k } = splitFloat(f, l, u);
  // A shift cannot make 2⁻¹²⁸, and the lost part does not matter there.
  const scale = l.asFloats(l.ints.shl(l.ints.sub(l.ints.const(127), l.ints.min(k, l.ints.const(126))), 23));
  const y = logOfSplit(f, l, l.madd(lost, scale, l.sub(m, one)), l.toFloats(k));
  const pole = l.select(l.eq(u, l.const(0)), l.const(-Infinity), l.const(NaN));
  const inside = l.select(l.lt(l.const(0), u), l.select(l.lt(u, l.const(Infinity)), y, at), pole);
  return l.select(l.eq(at, l.const(0)), at, inside);
}
