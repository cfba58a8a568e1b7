import type { FunctionBuilder } from '../asm/index.ts';
import type { Floats, Ints, Lanes } from '../lanes/lanes.ts';
import { horner } from './horner.ts';
import { reduceLn2 } from './reduceLn2.ts';

/** (eʳ − 1 − r)/r² on |r| ≤ ½ ln 2, of degree 4. Remez' algorithm minimized the relative error of eʳ (3.1e-9). */
const tail = [0.4999999341, 0.1666652011, 0.04166839395, 0.008368780564, 0.001381448388];

/**
 * eˣ = 2ⁿ·eʳ. The error is at most 1 ulp, for subnormal results, too. The result is ∞ above 88.73, and 0 below −103.98.
 * n ranges from −150 to 128; float32 can hold neither power, so 2ⁿ is applied as two factors.
 */
export function exp(f: FunctionBuilder, l: Lanes, x: Floats): Floats {
  const { r, bits } = reduceLn2(f, l, x, -104, 89);
  const y = l.add(l.madd(l.mul(r, r), horner(l, r, tail), r), l.const(1));
  const half = f.let(l.ints.shrS(bits, 1));
  return l.mul(l.mul(y, power(l, half)), power(l, l.ints.sub(bits, half)));
}

/** 2 to the power of the integer in the low 9 bits; higher bits are shifted out. */
function power(l: Lanes, bits: Ints): Floats {
  return l.asFloats(l.ints.add(l.ints.shl(bits, 23), l.ints.const(0x3f800000)));
}
