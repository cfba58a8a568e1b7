import * as e from '../../expr/build.ts';
import type { Expr } from '../../expr/expr.ts';

/**
 * Beyond ±1000, a smooth activation has reached its asymptote in float64 and in float32. Formulas that would compute 0
 * · ∞ or ∞ / ∞ for larger arguments use ±1000 instead.
 */
const far = 1000;

/** x, but at least −1000. NaN stays NaN. */
export function fromBelow(x: Expr): Expr {
  return e.max(x, -far);
}

/** x, limited to ±1000. NaN stays NaN. */
export function within(x: Expr): Expr {
  return e.min(e.max(x, -far), far);
}
