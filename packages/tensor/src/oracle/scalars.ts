import type { DType } from '../array/dtype.ts';
import { type Expr, exprDType, isPredicate } from '../expr/expr.ts';
import type { ScalarOp } from '../expr/scalar.ts';

/**
 * The value of a scalar expression in float64. float32 operands become float64, literals are not rounded, int32 wraps
 * after every operation, and comparisons give 0 or 1.
 *
 * @param context - the dtype of numbers that are combined only with numbers
 */
export function evaluateScalar(expr: Expr, x: readonly number[], dtypes: readonly DType[], context?: DType): number {
  if (expr.op === 'arg') return x[expr.index]!;
  if (expr.op === 'literal') return expr.value;
  if (expr.op === 'cast') return convert(evaluateScalar(expr.args[0], x, dtypes), expr.dtype);
  const dtype = exprDType(expr, dtypes) ?? context;
  const met = expr.args.map((a) => exprDType(a, dtypes)).find((d) => d !== undefined && d !== 'bool');
  const [a = 0, b = 0, c = 0] = expr.args.map((operand) =>
    evaluateScalar(operand, x, dtypes, isPredicate(expr.op) ? met : dtype),
  );
  if (dtype !== 'int32') return apply(expr.op, a, b, c);
  return expr.op === 'mul' ? toInteger(BigInt(a) * BigInt(b), 32, true) : convert(apply(expr.op, a, b, c), 'int32');
}

/**
 * Converts an element to another dtype: truncated toward 0 and modulo 2ⁿ for integers, compared with 0 for bool,
 * unchanged for floats.
 */
export function convert(x: number, dtype: DType): number {
  if (dtype === 'float32' || dtype === 'float64') return x;
  if (dtype === 'bool') return x === 0 ? 0 : 1;
  if (!Number.isFinite(x)) return 0;
  return toInteger(BigInt(Math.trunc(x)), dtype === 'int32' ? 32 : 8, dtype === 'int32');
}

function toInteger(x: bigint, bits: number, signed: boolean): number {
  return Number(signed ? BigInt.asIntN(bits, x) : BigInt.asUintN(bits, x));
}

function apply(op: ScalarOp, a: number, b: number, c: number): number {
  switch (op) {
    case 'neg':
      return -a;
    case 'abs':
      return a < 0 || Object.is(a, -0) ? -a : a;
    case 'sign':
      return a > 0 ? 1 : a < 0 ? -1 : a;
    case 'floor':
      return Math.floor(a);
    case 'ceil':
      return Math.ceil(a);
    case 'round':
      return roundHalfEven(a);
    case 'exp':
      return Math.exp(a);
    case 'log':
      return Math.log(a);
    case 'log1p':
      return Math.log1p(a);
    case 'expm1':
      return Math.expm1(a);
    case 'sqrt':
      return Math.sqrt(a);
    case 'sin':
      return Math.sin(a);
    case 'cos':
      return Math.cos(a);
    case 'asin':
      return Math.asin(a);
    case 'acos':
      return Math.acos(a);
    case 'atan':
      return Math.atan(a);
    case 'tanh':
      return Math.tanh(a);
    case 'sigmoid':
      return a < 0 ? Math.exp(a) / (1 + Math.exp(a)) : 1 / (1 + Math.exp(-a));
    case 'erf':
      return errorFunction(a);
    case 'erfc':
      return complementaryErrorFunction(a);
    case 'not':
      return a === 0 ? 1 : 0;
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'div':
      return a / b;
    case 'pow':
      return power(a, b);
    case 'mod':
      return floorModulo(a, b);
    case 'max':
      return extreme(a, b, a > b, (x, y) => x + y);
    case 'min':
      return extreme(a, b, a < b, (x, y) => -(-x - y));
    case 'eq':
      return a === b ? 1 : 0;
    case 'lt':
      return a < b ? 1 : 0;
    case 'le':
      return a <= b ? 1 : 0;
    case 'and':
      return a !== 0 && b !== 0 ? 1 : 0;
    case 'or':
      return a !== 0 || b !== 0 ? 1 : 0;
    case 'select':
      return a !== 0 ? b : c;
  }
}

/** @param zero - which of two zeros: 0 is more than −0 */
function extreme(a: number, b: number, first: boolean, zero: (a: number, b: number) => number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return NaN;
  return a === b && a === 0 ? zero(a, b) : first ? a : b;
}

/** As in IEEE 754: NaN, unless the result is the same for all numbers. */
function power(a: number, b: number): number {
  if (a === 1 || b === 0) return 1;
  return a === -1 && !Number.isFinite(b) && !Number.isNaN(b) ? 1 : a ** b;
}

/** The integer nearest to x, the even one of two. */
function roundHalfEven(x: number): number {
  const below = Math.floor(x);
  const rest = x - below;
  if (!(rest > 0)) return x;
  const up = rest > 0.5 || (rest === 0.5 && below % 2 !== 0);
  const rounded = up ? below + 1 : below;
  return rounded === 0 && x < 0 ? -0 : rounded;
}

/** The remainder that has the divisor's sign: x − y ⌊x / y⌋, exactly. */
function floorModulo(x: number, y: number): number {
  const rest = x % y;
  const differs = (rest < 0 && y > 0) || (rest > 0 && y < 0);
  return differs ? rest + y : rest;
}

const points = [0, 0.5384693101056831, 0.906179845938664];
const weights = [0.5688888888888889, 0.47862867049936647, 0.23692688505618908];

/** 2/√π ∫₀ˣ e^(−t²) dt by Gauss's rule of five points on intervals of 1/8; their error is below 1e-17. */
function errorFunction(x: number): number {
  if (Number.isNaN(x)) return x;
  const end = Math.min(Math.abs(x), 6);
  const parts = Math.ceil(end * 8);
  const half = end / parts / 2;
  let integral = 0;
  for (let i = 0; i < parts; i++) {
    const middle = (2 * i + 1) * half;
    points.forEach((p, k) => {
      const pair = p === 0 ? [middle] : [middle - p * half, middle + p * half];
      for (const t of pair) integral += weights[k]! * half * Math.exp(-t * t);
    });
  }
  return end === 0 ? x : (Math.sign(x) * 2 * integral) / Math.sqrt(Math.PI);
}

/** 2/√π e^(−x²) ∫₀^∞ e^(−t(t + 2x)) dt for x ≥ 0, by the same rule, until the integrand is below 1e-40. */
function complementaryErrorFunction(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x === Infinity) return 0;
  if (x < 0) return 2 - complementaryErrorFunction(-x);
  const half = Math.min(1, 1 / (1 + x)) / 16;
  let integral = 0;
  for (let i = 0; i < 200; i++) {
    const middle = (2 * i + 1) * half;
    points.forEach((p, k) => {
      const pair = p === 0 ? [middle] : [middle - p * half, middle + p * half];
      for (const t of pair) integral += weights[k]! * half * Math.exp(-t * (t + 2 * x));
    });
  }
  return (2 * Math.exp(-x * x) * integral) / Math.sqrt(Math.PI);
}
