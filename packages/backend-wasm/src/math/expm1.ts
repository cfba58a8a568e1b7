import type { FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { horner } from './horner.ts';
import { reduceLn2 } from './reduceLn2.ts';

/** (eʳ − 1 − r)/r² on |r| ≤ ½ ln 2, of degree 4. Remez' algorithm minimized the relative error of eʳ − 1 (1.3e-8). */
const tail = [0.4999999814, 0.1666654318, 0.04166720171, 0.008366580271, 0.001388251549];

/**
 * eˣ − 1 = 2ⁿ(eʳ − 1) + (2ⁿ − 1). The error is at most 1.6 ulp. The code computes half of the result and doubles it,
 * because n may be 128, and float32 holds 2¹²⁷ but not 2¹²⁸. The result is −1 below −17.4. The sign of 0 is preserved.
 */
export function expm1(f: FunctionBuilder, l: Lanes, x: Floats): Floats {
  const at = f.let(x);
  const { r, n, bits } = reduceLn2(f, l, at, -18, 89);
  const y = f.let(l.madd(l.mul(r, r), horner(l, r, tail), r));
  const half = f.let(l.asFloats(l.ints.add(l.ints.shl(bits, 23), l.ints.const(0x3f000000))));
  const scaled = f.let(l.madd(y, half, l.sub(half, l.const(0.5))));
  return l.select(l.eq(at, l.const(0)), at, l.select(l.eq(n, l.const(0)), y, l.add(scaled, scaled)));
}
