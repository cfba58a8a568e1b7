import { type DType, type Expr, exprDType, scalar as e } from '@chainrule/tensor';

/**
 * The cotangents of an expression's arguments, by argument: the chain rule on a tree, from the root down.
 *
 * @param adjoint - the cotangent of the expression
 * @param args - dtypes of the arguments
 */
export function pullExpr(expr: Expr, adjoint: Expr, args: readonly DType[]): Map<number, Expr> {
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
    const [ofX, ofY] = [pullExpr(x, adjoint, args), pullExpr(y, adjoint, args)];
    // The branch that is not taken is cut off, not multiplied by 0: it may be infinite.
    for (const i of new Set([...ofX.keys(), ...ofY.keys()])) sums.set(i, e.select(condition, ofX.get(i) ?? 0, ofY.get(i) ?? 0));
    return sums;
  }
  if (expr.op === 'cast') {
    const [x] = expr.args;
    const from = exprDType(x, args);
    return from === 'float32' || from === 'float64' ? pullExpr(x, e.cast(adjoint, from), args) : sums;
  }
  operandAdjoints(expr.op, expr.args as [Expr, Expr], expr, adjoint).forEach((g, k) => {
    if (g) include(pullExpr(expr.args[k]!, g, args));
  });
  return sums;
}

const twoOverRootPi = 2 / Math.sqrt(Math.PI);

/** The cotangents of an operation's operands: g times the partial derivatives, `y` the operation itself. */
function operandAdjoints(op: string, [a, b]: readonly [Expr, Expr], y: Expr, g: Expr): (Expr | null)[] {
  switch (op) {
    case 'add':
      return [g, g];
    case 'sub':
      return [g, e.neg(g)];
    case 'mul':
      return [e.mul(g, b), e.mul(g, a)];
    case 'div':
      return [e.div(g, b), e.neg(e.div(e.mul(g, y), b))];
    case 'mod':
      return [g, e.neg(e.mul(g, e.floor(e.div(a, b))))];
    case 'pow':
      return [
        e.select(e.eq(b, 0), 0, e.mul(g, e.mul(b, e.pow(a, e.sub(b, 1))))),
        b.op === 'literal' ? null : e.select(e.eq(a, 0), 0, e.mul(g, e.mul(y, e.log(a)))),
      ];
    case 'max':
      return [share(e.gt(a, b), a, b, g), share(e.gt(b, a), a, b, g)];
    case 'min':
      return [share(e.lt(a, b), a, b, g), share(e.lt(b, a), a, b, g)];
    default:
      return [unaryAdjoint(op, a, y, g)];
  }
}

/** g where this operand wins, half of it where both are equal. */
function share(wins: Expr, a: Expr, b: Expr, g: Expr): Expr {
  return e.select(wins, g, e.select(e.eq(a, b), e.mul(g, 0.5), 0));
}

/** `null` where the derivative is 0 or there is none: steps and predicates. */
function unaryAdjoint(op: string, x: Expr, y: Expr, g: Expr): Expr | null {
  switch (op) {
    case 'neg':
      return e.neg(g);
    case 'abs':
      return e.mul(g, e.sign(x));
    case 'exp':
      return e.mul(g, y);
    case 'expm1':
      return e.mul(g, e.add(y, 1));
    case 'log':
      return e.div(g, x);
    case 'log1p':
      return e.div(g, e.add(x, 1));
    case 'sqrt':
      return e.div(g, e.mul(2, y));
    case 'sin':
      return e.mul(g, e.cos(x));
    case 'cos':
      return e.neg(e.mul(g, e.sin(x)));
    case 'asin':
      return e.div(g, e.sqrt(e.mul(e.sub(1, x), e.add(1, x))));
    case 'acos':
      return e.neg(e.div(g, e.sqrt(e.mul(e.sub(1, x), e.add(1, x)))));
    case 'atan':
      return e.div(g, e.add(1, e.mul(x, x)));
    case 'tanh':
      return e.mul(g, e.sub(1, e.mul(y, y)));
    case 'sigmoid':
      return e.mul(g, e.mul(y, e.sub(1, y)));
    case 'erf':
      return e.mul(g, e.mul(twoOverRootPi, e.exp(e.neg(e.mul(x, x)))));
    default:
      return null;
  }
}
