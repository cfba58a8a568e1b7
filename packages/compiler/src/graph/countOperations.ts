import type { Expr } from '@chainrule/tensor';

/**
 * Counts the operations in an expression.
 *
 * @param onArgument - called for each argument, in order, as often as it occurs
 */
export function countOperations(expr: Expr, onArgument?: (index: number) => void): number {
  if (expr.op === 'arg') onArgument?.(expr.index);
  return 'args' in expr ? expr.args.reduce((sum, part) => sum + countOperations(part, onArgument), 1) : 0;
}
