import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';

/** 2 sinh(x/2) cosh(x/2) from a = e^(x/2) − 1 and b = e^(−x/2) − 1: (a − b) · ((a + b) / 2 + 1). */
export function sinhOf(x: Expr): Expr {
  const half = e.div(x, 2);
  const [a, b] = [e.expm1(half), e.expm1(e.neg(half))];
  return e.mul(e.sub(a, b), e.add(e.mul(e.add(a, b), 0.5), 1));
}

/** (a² + b²) / 2 from a = e^(x/2) and b = e^(−x/2). */
export function coshOf(x: Expr): Expr {
  const half = e.div(x, 2);
  const [a, b] = [e.exp(half), e.exp(e.neg(half))];
  return e.add(e.mul(a, e.mul(a, 0.5)), e.mul(b, e.mul(b, 0.5)));
}
