import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';

/** Tells whether a float is below 0, or −0, which only its reciprocal distinguishes from 0. */
export function isNegative(x: Expr): Expr {
  return e.or(e.lt(x, 0), e.and(e.eq(x, 0), e.lt(e.div(1, x), 0)));
}

/** 1 or −1. Its product with x is |x|; unlike |x|, that product has a derivative at 0. */
export function signOf(x: Expr): Expr {
  return e.select(isNegative(x), -1, 1);
}
