import type { DType } from '../array/dtype.ts';
import type { ScalarOp } from './scalar.ts';

/**
 * The expression that `map` computes for each element, as a tree. A literal is float64; it takes the dtype of the other
 * operand and is rounded to it when printed.
 */
export type Expr =
  | { readonly op: 'arg'; readonly index: number; readonly key: string }
  | { readonly op: 'literal'; readonly value: number; readonly key: string }
  | { readonly op: 'cast'; readonly dtype: DType; readonly args: readonly [Expr]; readonly key: string }
  | { readonly op: ScalarOp; readonly args: readonly Expr[]; readonly key: string };

const comparisons: readonly string[] = ['eq', 'lt', 'le', 'and', 'or', 'not'];

/**
 * Tells whether the result is bool for all operands.
 *
 * @example
 * isPredicate('lt'); // => true
 */
export function isPredicate(op: string): boolean {
  return comparisons.includes(op);
}

/**
 * The dtype of an expression over arguments of the given dtypes; `undefined` if it has only literals.
 *
 * @example
 * exprDType(operation('lt', [arg(0), arg(1)]), ['float32', 'float32']); // => bool
 */
export function exprDType(expr: Expr, args: readonly DType[]): DType | undefined {
  switch (expr.op) {
    case 'arg':
      return args[expr.index];
    case 'literal':
      return undefined;
    case 'cast':
      return expr.dtype;
    default: {
      if (isPredicate(expr.op)) return 'bool';
      for (const operand of expr.op === 'select' ? expr.args.slice(1) : expr.args) {
        const dtype = exprDType(operand, args);
        if (dtype) return dtype;
      }
      return undefined;
    }
  }
}

/** The dtype that operands are rounded to. Literals that are compared with literals stay float64. */
export function operandDType(
  expr: { op: string; args: readonly Expr[] },
  args: readonly DType[],
  dtype: DType | undefined,
): DType | undefined {
  const found = expr.args.map((a) => exprDType(a, args)).find((d) => d !== undefined);
  return found ?? (isPredicate(expr.op) ? undefined : dtype);
}

/**
 * Replaces the arguments of an expression.
 *
 * @example
 * substitute(operation('neg', [arg(0)]), () => literal(2)).key; // => neg(2)
 */
export function substitute(expr: Expr, replace: (index: number) => Expr): Expr {
  if (expr.op === 'arg') return replace(expr.index);
  if (expr.op === 'literal') return expr;
  const args = expr.args.map((a) => substitute(a, replace));
  return expr.op === 'cast' ? castExpr(args[0]!, expr.dtype) : operation(expr.op, args);
}

/**
 * An argument: the element of input number `index`.
 *
 * @example
 * arg(0).key; // => $0
 */
export function arg(index: number): Expr {
  return { op: 'arg', index, key: `$${index}` };
}

/**
 * A constant.
 *
 * @example
 * literal(2).key; // => 2
 */
export function literal(value: number): Expr {
  return { op: 'literal', value, key: Object.is(value, -0) ? '-0' : String(value) };
}

/**
 * A conversion to another dtype.
 *
 * @example
 * castExpr(arg(0), 'int32').key; // => int32($0)
 */
export function castExpr(x: Expr, dtype: DType): Expr {
  return { op: 'cast', dtype, args: [x], key: `${dtype}(${x.key})` };
}

/**
 * An operation on expressions.
 *
 * @example
 * operation('add', [arg(0), literal(1)]).key; // => add($0,1)
 */
export function operation(op: ScalarOp, args: readonly Expr[]): Expr {
  // Concatenated, not joined: the engine then shares the keys of parts instead of copying them.
  let key = `${op}(`;
  args.forEach((a, i) => (key += i > 0 ? `,${a.key}` : a.key));
  return { op, args, key: `${key})` };
}
