import type { FunctionBuilder, Local } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { horner } from './horner.ts';
import { ln2 } from './reduceLn2.ts';

/** The bits of √½. */
const rootHalf = 0x3f3504f3;

/** Splits a positive x that is not subnormal into m·2ᵏ with √½ ≤ m < √2. */
export function splitFloat(
  f: FunctionBuilder,
  l: Lanes,
  x: Floats,
): { readonly m: Floats; readonly k: Local<'v128' | 'i32'> } {
  const bits = f.let(l.asInts(x));
  const k = f.let(l.ints.shrS(l.ints.sub(bits, l.ints.const(rootHalf)), 23));
  return { m: l.asFloats(l.ints.sub(bits, l.ints.shl(k, 23))), k };
}

/**
 * (ln(1+s) − s + ½s²)/s³ on √½ ≤ 1+s ≤ √2, of degree 7. Remez' algorithm minimized the relative error of ln (5.9e-9).
 */
const tail = [
  0.333333317, -0.2500082097, 0.200012274, -0.1662335983, 0.1420175024, -0.1316015291, 0.1276161037, -0.07634605883,
];

/** ln((1 + s)·2ᵏ). Adds the small terms first. */
export function logOfSplit(f: FunctionBuilder, l: Lanes, s: Floats, k: Floats): Floats {
  const [at, power] = [f.let(s), f.let(k)];
  const square = f.let(l.mul(at, at));
  const rest = l.madd(power, l.const(ln2.low), l.mul(l.mul(square, at), horner(l, at, tail)));
  return l.madd(power, l.const(ln2.high), l.add(at, l.nmadd(l.const(0.5), square, rest)));
}
