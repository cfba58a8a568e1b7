import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';

/**
 * An argument beyond which a smooth activation has reached its asymptote in float64 and in float32. Formulas that would
 * compute 0 · ∞ or ∞ / ∞ there take this argument instead, and so reach their limits.
 */
const far = 1000;

/** x, but at least −1000. NaN stays NaN. */
export function fromBelow(x: Expr): Expr {
  return e.max(x, -far);
}

/** x, but within ±1000. NaN stays NaN. */
export function within(x: Expr): Expr {
  return e.min(e.max(x, -far), far);
}
