import { type DType, type Expr, scalar as e } from '@chainrule/tensor';
import { exprDType, type ScalarOp } from '@chainrule/tensor/graph';

/**
 * The cotangents of the arguments of an expression, by argument: the chain rule on a tree, from the root down.
 *
 * @param adjoint - the cotangent of the expression
 * @param args - dtypes of the arguments
 */
export function exprVjps(expr: Expr, adjoint: Expr, args: readonly DType[]): Map<number, Expr> {
  const sums = new Map<number, Expr>();
  const include = (parts: Map<number, Expr>): void => {
    for (const [i, part] of parts) {
      const known = sums.get(i);
      sums.set(i, known ? e.add(known, part) : part);
    }
  };
  if (expr.op === 'arg') return new Map([[expr.index, adjoint]]);
  if (expr.op === 'literal') return sums;
  if (expr.op === 'select') {
    const [condition, x, y] = expr.args as [Expr, Expr, Expr];
    const [ofX, ofY] = [exprVjps(x, adjoint, args), exprVjps(y, adjoint, args)];
    // Selects 0 for the other branch instead of multiplying by 0, because its derivative may be infinite.
    for (const i of new Set([...ofX.keys(), ...ofY.keys()]))
      sums.set(i, e.select(condition, ofX.get(i) ?? 0, ofY.get(i) ?? 0));
    return sums;
  }
  if (expr.op === 'cast') {
    const [x] = expr.args;
    const from = exprDType(x, args);
    return from === 'float32' || from === 'float64' ? exprVjps(x, e.cast(adjoint, from), args) : sums;
  }
  const [a, b] = expr.args as [Expr, Expr];
  rules[expr.op](adjoint, expr, a, b).forEach((g, k) => {
    if (g) include(exprVjps(expr.args[k]!, g, args));
  });
  return sums;
}

/**
 * The cotangents of the operands of an operation: its cotangent `g` times each partial derivative, or `null` if the
 * derivative is 0 or does not exist. `y` is the value of the operation.
 */
type Rule = (g: Expr, y: Expr, a: Expr, b: Expr) => readonly (Expr | null)[];

const twoOverRootPi = 2 / Math.sqrt(Math.PI);

/** The rule of step functions and predicates. */
const flat: Rule = () => [null, null];

/** g if the result is this operand, and g/2 if both operands are equal. */
function share(wins: Expr, a: Expr, b: Expr, g: Expr): Expr {
  return e.select(wins, g, e.select(e.eq(a, b), e.mul(g, 0.5), 0));
}

/** √(1 − x²) without cancellation near ±1. */
const cosineOfAsin = (x: Expr): Expr => e.sqrt(e.mul(e.sub(1, x), e.add(1, x)));

/** A rule for each scalar operation. A missing one does not compile. */
const rules: Readonly<Record<Exclude<ScalarOp, 'select'>, Rule>> = {
  add: (g) => [g, g],
  sub: (g) => [g, e.neg(g)],
  mul: (g, _, a, b) => [e.mul(g, b), e.mul(g, a)],
  div: (g, y, _, b) => [e.div(g, b), e.neg(e.div(e.mul(g, y), b))],
  mod: (g, _, a, b) => [g, e.neg(e.mul(g, e.floor(e.div(a, b))))],
  pow: (g, y, a, b) => [
    e.select(e.eq(b, 0), 0, e.mul(g, e.mul(b, e.pow(a, e.sub(b, 1))))),
    b.op === 'literal' ? null : e.select(e.eq(a, 0), 0, e.mul(g, e.mul(y, e.log(a)))),
  ],
  max: (g, _, a, b) => [share(e.gt(a, b), a, b, g), share(e.gt(b, a), a, b, g)],
  min: (g, _, a, b) => [share(e.lt(a, b), a, b, g), share(e.lt(b, a), a, b, g)],
  neg: (g) => [e.neg(g)],
  abs: (g, _, x) => [e.mul(g, e.sign(x))],
  exp: (g, y) => [e.mul(g, y)],
  expm1: (g, y) => [e.mul(g, e.add(y, 1))],
  log: (g, _, x) => [e.div(g, x)],
  log1p: (g, _, x) => [e.div(g, e.add(x, 1))],
  sqrt: (g, y) => [e.div(g, e.mul(2, y))],
  sin: (g, _, x) => [e.mul(g, e.cos(x))],
  cos: (g, _, x) => [e.neg(e.mul(g, e.sin(x)))],
  asin: (g, _, x) => [e.div(g, cosineOfAsin(x))],
  acos: (g, _, x) => [e.neg(e.div(g, cosineOfAsin(x)))],
  atan: (g, _, x) => [e.div(g, e.add(1, e.mul(x, x)))],
  tanh: (g, y) => [e.mul(g, e.sub(1, e.mul(y, y)))],
  sigmoid: (g, y) => [e.mul(g, e.mul(y, e.sub(1, y)))],
  erf: (g, _, x) => [e.mul(g, e.mul(twoOverRootPi, e.exp(e.neg(e.mul(x, x)))))],
  erfc: (g, _, x) => [e.mul(g, e.mul(-twoOverRootPi, e.exp(e.neg(e.mul(x, x)))))],
  sign: flat,
  floor: flat,
  ceil: flat,
  round: flat,
  eq: flat,
  lt: flat,
  le: flat,
  and: flat,
  or: flat,
  not: flat,
};
