/** Operations on one element. */
export type UnaryOp =
  | 'neg'
  | 'abs'
  | 'sign'
  | 'floor'
  | 'ceil'
  | 'round'
  | 'exp'
  | 'log'
  | 'log1p'
  | 'expm1'
  | 'sqrt'
  | 'sin'
  | 'cos'
  | 'asin'
  | 'acos'
  | 'atan'
  | 'tanh'
  | 'sigmoid'
  | 'erf'
  | 'erfc'
  | 'not';
export type BinaryOp =
  'add' | 'sub' | 'mul' | 'div' | 'pow' | 'mod' | 'max' | 'min' | 'eq' | 'lt' | 'le' | 'and' | 'or';
/** The name of a scalar operation. */
export type ScalarOp = UnaryOp | BinaryOp | 'select';

/** Rounds halves to even, as in IEEE 754 and NumPy. */
export function roundEven(x: number): number {
  const r = Math.round(x);
  return r - x === 0.5 && r % 2 !== 0 ? r - 1 : r;
}

/** The remainder with the sign of the divisor, as in NumPy; NaN if the divisor is 0. */
export function floorMod(x: number, y: number): number {
  const r = x % y;
  return r !== 0 && r < 0 !== y < 0 ? r + y : r;
}

export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** e^(−a²). Rounding a² would lose digits; a² = h² − (h − a)(h + a) with exact h² keeps them. */
function gaussian(a: number): number {
  const high = Math.fround(a);
  return Math.exp(-high * high) * Math.exp((high - a) * (high + a));
}

/**
 * erfc a for a ≥ 1: e^(−a²)/√π / (a + ½/(a + 1/(a + 3/2/(a + …)))) (Abramowitz and Stegun 7.1.14). Larger a need fewer
 * terms. Relative error below 2e-15.
 */
function upperTail(a: number): number {
  if (!(a < 28)) return a === a ? 0 : a;
  let fraction = 0;
  for (let n = Math.ceil(200 / (a * a)) + 10; n > 0; n--) fraction = n / 2 / (a + fraction);
  return gaussian(a) / (Math.sqrt(Math.PI) * (a + fraction));
}

/**
 * erf x = 2/√π ∫₀ˣ e^(−t²) dt. For |x| < 1 it sums the series 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!, whose terms have
 * one sign (Abramowitz and Stegun 7.1.6); otherwise it uses erfc. Relative error below 1e-15.
 */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (!(a < 1)) return Math.sign(x) * (1 - upperTail(a));
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > a * 1e-17; n++) {
    term *= (2 * a * a) / (2 * n + 1);
    sum += term;
  }
  return (2 * Math.exp(-a * a) * sum) / Math.sqrt(Math.PI);
}

/** erfc x = 1 − erf x, accurate if erf x is close to 1. Relative error below 2e-15. */
export function erfc(x: number): number {
  if (x >= 1) return upperTail(x);
  return x <= -1 ? 2 - upperTail(-x) : 1 - erf(x);
}

/** xʸ as in IEEE 754: 1 to any power is 1, and −1 to an infinite power is 1. JavaScript gives NaN for these. */
export function power(x: number, y: number): number {
  return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y;
}

/** The value of each operation on JavaScript numbers, before the result is rounded to its dtype. */
export const scalarOps: Record<UnaryOp | BinaryOp, (x: number, y: number) => number> = {
  neg: (x) => -x,
  abs: Math.abs,
  sign: Math.sign,
  floor: Math.floor,
  ceil: Math.ceil,
  round: roundEven,
  exp: Math.exp,
  log: Math.log,
  log1p: Math.log1p,
  expm1: Math.expm1,
  sqrt: Math.sqrt,
  sin: Math.sin,
  cos: Math.cos,
  asin: Math.asin,
  acos: Math.acos,
  atan: Math.atan,
  tanh: Math.tanh,
  sigmoid,
  erf,
  erfc,
  not: (x) => (x ? 0 : 1),
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  pow: power,
  mod: floorMod,
  max: Math.max,
  min: Math.min,
  eq: (x, y) => (x === y ? 1 : 0),
  lt: (x, y) => (x < y ? 1 : 0),
  le: (x, y) => (x <= y ? 1 : 0),
  and: (x, y) => x & y,
  or: (x, y) => x | y,
};
