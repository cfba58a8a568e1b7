import type { FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes/lanes.ts';
import { logOfSplit, splitFloat } from './logParts.ts';

/**
 * ln x. The error is at most 1 ulp, for subnormals, too. The result is −∞ for both zeros, and NaN for negative numbers.
 */
export function log(f: FunctionBuilder, l: Lanes, x: Floats): Floats {
  const at = f.let(x);
  const small = f.let(l.lt(at, l.const(2 ** -126)));
  const { m, k } = splitFloat(f, l, l.select(small, l.mul(at, l.const(2 ** 23)), at));
  const power = l.sub(l.toFloats(k), l.select(small, l.const(23), l.const(0)));
  const y = logOfSplit(f, l, l.sub(m, l.const(1)), power);
  const pole = l.select(l.eq(at, l.const(0)), l.const(-Infinity), l.const(NaN));
  return l.select(l.lt(l.const(0), at), l.select(l.lt(at, l.const(Infinity)), y, at), pole);
}
