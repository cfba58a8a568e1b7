import type { F32, FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { horner } from './horner.ts';
import { magic } from './reduceLn2.ts';

/** π/2 in three parts. The first two have few bits, so that their products with n are exact (Cody and Waite). */
const halfPi = [1.5703125, 4.837512969970703125e-4, 7.549789954891882e-8] as const;

/** For larger |x|, three parts of π/2 are not precise enough. */
const largest = 8192;

/** (sin(√t)/√t − 1)/t on √t ≤ π/4, of degree 2, by Remez' algorithm. The relative error of the sine is 3.8e-9. */
const sine = [-0.1666665454, 0.008332156053, -0.0001951463173];
/** (cos √t − 1 + t/2)/t² on √t ≤ π/4, of degree 2, by Remez' algorithm. The relative error of the cosine is 1.2e-10. */
const cosine = [0.04166664555, -0.001388730987, 2.443241298e-5];

/**
 * sin x. The error is at most 1.5 ulp or 3e-11 for |x| ≤ 8192. For larger |x|, each lane calls `far`. The sign of 0 is
 * preserved.
 *
 * @param far - the sine of a single float of any size
 */
export function sin(f: FunctionBuilder, l: Lanes, x: Floats, far: (x: F32) => F32): Floats {
  const at = f.let(x);
  return l.select(l.eq(at, l.const(0)), at, sineOf(f, l, at, 0, far));
}

/** cos x, with the same errors. */
export function cos(f: FunctionBuilder, l: Lanes, x: Floats, far: (x: F32) => F32): Floats {
  return sineOf(f, l, x, 1, far);
}

/** sin(x + quarters·π/2). With x = n·π/2 + r, it is the sine or the cosine of r, or the opposite of one of these. */
function sineOf(f: FunctionBuilder, l: Lanes, x: Floats, quarters: number, far: (x: F32) => F32): Floats {
  const { ints } = l;
  const at = f.let(x);
  const shifted = f.let(l.madd(at, l.const(2 / Math.PI), l.const(magic)));
  const n = f.let(l.sub(shifted, l.const(magic)));
  const r = f.let(halfPi.reduce<Floats>((rest, part) => l.nmadd(n, l.const(part), rest), at));
  const t = f.let(l.mul(r, r));
  const ofSine = l.madd(l.mul(r, t), horner(l, t, sine), r);
  const ofCosine = l.madd(l.mul(t, t), horner(l, t, cosine), l.nmadd(l.const(0.5), t, l.const(1)));
  const quadrant = f.let(ints.add(l.asInts(shifted), ints.const(quarters)));
  const isOdd = ints.eq(ints.and(quadrant, ints.const(1)), ints.const(1));
  const sign = ints.shl(ints.and(quadrant, ints.const(2)), 30);
  const y = f.let(l.asFloats(ints.xor(l.asInts(l.select(isOdd, ofCosine, ofSine)), sign)));
  const isFar = f.let(l.lt(l.const(largest), l.abs(at)));
  f.if(l.any(isFar), () => f.set(y, l.select(isFar, l.each(f, [at], far), y)));
  return y;
}
