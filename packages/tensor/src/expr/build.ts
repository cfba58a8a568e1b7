import { refuse } from '@chainrule/errors/check';
import { type DType, isDType } from '../array/dtype.ts';
import { castExpr, type Expr, literal, operation } from './expr.ts';
import { type BinaryOp, type ScalarOp, scalarOps, type UnaryOp } from './scalar.ts';

/** An expression, or a number that becomes a literal. */
export type Scalar = Expr | number;

function lift(op: string, name: string, x: Scalar): Expr {
  if (typeof x === 'number') return literal(x);
  if (typeof (x as Partial<Expr> | null | undefined)?.key !== 'string')
    refuse(op, name, 'a number or an expression', x);
  return x;
}

/** Computes operations on literals immediately, in float64. */
function apply(op: ScalarOp, ...operands: Scalar[]): Expr {
  const names = op === 'select' ? ['condition', 'x', 'y'] : ['x', 'y'];
  const args = operands.map((x, i) => lift(op, names[i]!, x));
  const [a, b, c] = args;
  if (args.every((x) => x.op === 'literal')) {
    const [x, y] = [a as { value: number }, b as { value: number } | undefined];
    return op === 'select' ? (x.value ? b! : c!) : literal(scalarOps[op](x.value, y?.value ?? 0));
  }
  return operation(op, args);
}

const unary =
  (op: UnaryOp) =>
  (x: Scalar): Expr =>
    apply(op, x);
const binary =
  (op: BinaryOp) =>
  (x: Scalar, y: Scalar): Expr =>
    apply(op, x, y);

type Unary = (x: Scalar) => Expr;
type Binary = (x: Scalar, y: Scalar) => Expr;

export const neg: Unary = /* @__PURE__ */ unary('neg');
export const abs: Unary = /* @__PURE__ */ unary('abs');
export const sign: Unary = /* @__PURE__ */ unary('sign');
export const floor: Unary = /* @__PURE__ */ unary('floor');
export const ceil: Unary = /* @__PURE__ */ unary('ceil');
export const round: Unary = /* @__PURE__ */ unary('round');
export const exp: Unary = /* @__PURE__ */ unary('exp');
export const log: Unary = /* @__PURE__ */ unary('log');
export const log1p: Unary = /* @__PURE__ */ unary('log1p');
export const expm1: Unary = /* @__PURE__ */ unary('expm1');
export const sqrt: Unary = /* @__PURE__ */ unary('sqrt');
export const sin: Unary = /* @__PURE__ */ unary('sin');
export const cos: Unary = /* @__PURE__ */ unary('cos');
export const asin: Unary = /* @__PURE__ */ unary('asin');
export const acos: Unary = /* @__PURE__ */ unary('acos');
export const atan: Unary = /* @__PURE__ */ unary('atan');
export const tanh: Unary = /* @__PURE__ */ unary('tanh');
export const sigmoid: Unary = /* @__PURE__ */ unary('sigmoid');
export const erf: Unary = /* @__PURE__ */ unary('erf');
export const erfc: Unary = /* @__PURE__ */ unary('erfc');
export const not: Unary = /* @__PURE__ */ unary('not');
export const add: Binary = /* @__PURE__ */ binary('add');
export const sub: Binary = /* @__PURE__ */ binary('sub');
export const mul: Binary = /* @__PURE__ */ binary('mul');
export const div: Binary = /* @__PURE__ */ binary('div');
export const pow: Binary = /* @__PURE__ */ binary('pow');
export const mod: Binary = /* @__PURE__ */ binary('mod');
/** NaN if either operand is NaN. */
export const max: Binary = /* @__PURE__ */ binary('max');
/** NaN if either operand is NaN. */
export const min: Binary = /* @__PURE__ */ binary('min');
export const eq: Binary = /* @__PURE__ */ binary('eq');
export const lt: Binary = /* @__PURE__ */ binary('lt');
export const le: Binary = /* @__PURE__ */ binary('le');
export const and: Binary = /* @__PURE__ */ binary('and');
export const or: Binary = /* @__PURE__ */ binary('or');

export function gt(x: Scalar, y: Scalar): Expr {
  return lt(y, x);
}

/** `x` if the condition holds, else `y`. Both are evaluated. */
export function select(condition: Scalar, x: Scalar, y: Scalar): Expr {
  return apply('select', condition, x, y);
}

export function cast(x: Scalar, dtype: DType): Expr {
  if (!isDType(dtype)) refuse('cast', 'dtype', 'a dtype', dtype);
  return castExpr(lift('cast', 'x', x), dtype);
}
