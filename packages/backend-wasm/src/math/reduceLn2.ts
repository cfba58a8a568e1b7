import type { FunctionBuilder, Local } from '../asm/index.ts';
import type { Floats, Ints, Lanes } from '../lanes/lanes.ts';

/** The parts of x = n·ln 2 + r, with |r| ≤ ½ ln 2. */
export interface Reduced {
  readonly r: Local<'v128' | 'f32'>;
  /** n, an integer. */
  readonly n: Local<'v128' | 'f32'>;
  /** n as an int, plus 0x4B400000. Its low 23 bits are those of n. */
  readonly bits: Ints;
}

/** 1.5·2²³. A float32 of this size has no fractional bits, so adding it rounds to an integer. */
export const magic = 12582912;

/** ln 2 = high + low. `high` has 9 bits, so its product with an integer below 2¹⁵ is exact (Cody and Waite). */
export const ln2 = { high: 0.693359375, low: -2.1219444e-4 } as const;

/** Clamps `x` to `least` and `most`, and subtracts a multiple of ln 2. NaN stays NaN. */
export function reduceLn2(f: FunctionBuilder, l: Lanes, x: Floats, least: number, most: number): Reduced {
  const held = f.let(l.pmin(l.pmax(x, l.const(least)), l.const(most)));
  const shifted = f.let(l.madd(held, l.const(Math.LOG2E), l.const(magic)));
  const n = f.let(l.sub(shifted, l.const(magic)));
  const r = f.let(l.nmadd(n, l.const(ln2.low), l.nmadd(n, l.const(ln2.high), held)));
  return { r, n, bits: l.asInts(shifted) };
}
