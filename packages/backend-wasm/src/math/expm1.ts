import type { FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { horner } from './horner.ts';
import { reduceLn2 } from './reduceLn2.ts';

/** (eʳ − 1 − r)/r² on |r| ≤ ½ ln 2: degree 4, by Remez' algorithm for the least relative error of eʳ − 1, 1.3e-8. */
const tail = [0.4999999814, 0.1666654318, 0.04166720171, 0.008366580271, 0.001388251549];

/**
 * eˣ − 1 = 2ⁿ(eʳ − 1) + (2ⁿ − 1), at most 1.6 ulp off, of half of 2ⁿ, which float32 holds up to n = 128. −1 below −17.4;
 * keeps the sign of 0.
 */
export function expm1(f: FunctionBuilder, l: Lanes, x: Floats): Floats {
  const at = f.let(x);
  const { r, n, bits } = reduceLn2(f, l, at, -18, 89);
  const y = f.let(l.madd(l.mul(r, r), horner(l, r, tail), r));
  const half = f.let(l.asFloats(l.ints.add(l.ints.shl(bits, 23), l.ints.const(0x3f000000))));
  const scaled = f.let(l.madd(y, half, l.sub(half, l.const(0.5))));
  return l.select(l.eq(at, l.const(0)), at, l.select(l.eq(n, l.const(0)), y, l.add(scaled, scaled)));
}
