import type { FunctionBuilder } from '../asm/index.ts';
import type { Floats, Lanes } from '../lanes.ts';
import { exp } from './exp.ts';

/**
 * 1/(1 + e⁻ˣ), as z/(1 + z) with z = eˣ where x is negative: at most 2.5 ulp off on either side, denormal results
 * included. From 17.4 on 1, below −103.98 0.
 */
export function sigmoid(f: FunctionBuilder, l: Lanes, x: Floats): Floats {
  const at = f.let(x);
  const z = f.let(exp(f, l, l.neg(l.abs(at))));
  return l.div(l.select(l.lt(at, l.const(0)), z, l.const(1)), l.add(l.const(1), z));
}
