import type { FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { horner } from './horner.ts';
import { ln2, magic } from './reduceLn2.ts';

/**
 * (e⁻ʳ − 1 + r)/r² on |r| ≤ ½ ln 2: the polynomial of `exp` at −r, so every other coefficient has the opposite sign.
 */
const tail = [0.4999999341, -0.1666652011, 0.04166839395, -0.008368780564, 0.001381448388];

/** Numerator and denominator are scaled by 2 to this power, because float32 cannot hold 2ⁿ for n up to 150. */
const scale = -24;

/**
 * 1/(1 + e⁻ˣ), with e⁻ˣ = 2ⁿ·e⁻ʳ and x = r − n·ln 2. The error is at most 2.5 ulp, for subnormal results, too. The
 * result is 1 from 17.4 up, and 0 below −103.98.
 */
export function sigmoid(f: FunctionBuilder, l: Lanes, x: Floats): Floats {
  const held = f.let(l.pmin(l.pmax(x, l.const(-104)), l.const(70)));
  const shifted = f.let(l.nmadd(held, l.const(Math.LOG2E), l.const(magic)));
  const n = f.let(l.sub(shifted, l.const(magic)));
  const r = f.let(l.madd(n, l.const(ln2.low), l.madd(n, l.const(ln2.high), held)));
  const power = l.asFloats(l.ints.add(l.ints.shl(l.asInts(shifted), 23), l.ints.const((127 + scale) << 23)));
  const y = l.sub(l.const(1), l.nmadd(l.mul(r, r), horner(l, r, tail), r));
  return l.div(l.const(2 ** scale), l.madd(y, power, l.const(2 ** scale)));
}
