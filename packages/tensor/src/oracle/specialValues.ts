import { allocate } from '../array/dtype.ts';
import { Tensor } from '../array/tensor.ts';
import { arg, type Expr, operation } from '../expr/expr.ts';
import type { ScalarOp } from '../expr/scalar.ts';

const floats = [
  0,
  1e-45,
  1e-40,
  2 ** -126,
  1e-8,
  0.5,
  1 - 2 ** -24,
  1,
  1.5,
  2,
  2.5,
  3,
  10,
  88.5,
  104,
  710,
  2 ** 23 + 1,
  2 ** 24,
  2 ** 31,
  2 ** 32 + 2 ** 10,
  2 ** 55,
  2 ** 63,
  2 ** 64,
  1e20,
  3.4028234e38,
  Infinity,
];
const integers = [0, 1, 2, 3, 7, 255, 256, 65536, 2 ** 24 + 1, 2 ** 30, 2 ** 31 - 1];
const unaries: readonly ScalarOp[] = [
  'neg',
  'abs',
  'sign',
  'floor',
  'ceil',
  'round',
  'exp',
  'log',
  'log1p',
  'expm1',
  'sqrt',
  'sin',
  'cos',
  'asin',
  'acos',
  'atan',
  'tanh',
  'sigmoid',
  'erf',
  'erfc',
];
const binaries: readonly ScalarOp[] = ['add', 'sub', 'mul', 'mod', 'max', 'min', 'eq', 'lt', 'le', 'div', 'pow'];

/**
 * Values for which implementations often differ: zeros of both signs, subnormals, halves, bounds, infinities and NaN.
 *
 * @example
 * specialNumbers('int32').data.includes(-(2 ** 31)); // => true
 */
export function specialNumbers(dtype: 'float32' | 'float64' | 'int32'): Tensor {
  const list =
    dtype === 'int32'
      ? [...integers, ...integers.map((x) => -x), -(2 ** 31)]
      : [...floats, ...floats.map((x) => -x), NaN];
  const data = allocate(dtype, list.length);
  data.set(list);
  return new Tensor([list.length], dtype, data);
}

/**
 * Every scalar operation on a dtype, for tensors of all special values and all pairs of them.
 *
 * @example
 * specialCases('int32').some(([key]) => key === 'neg($0)'); // => true
 */
export function specialCases(dtype: 'float32' | 'float64' | 'int32'): [key: string, expr: Expr, args: Tensor[]][] {
  const isInteger = dtype === 'int32';
  const x = specialNumbers(dtype);
  const column = new Tensor([x.size, 1], dtype, x.data);
  const one = unaries.slice(0, isInteger ? 6 : undefined).map((op): Expr => operation(op, [arg(0)]));
  const two = binaries.slice(0, isInteger ? 9 : undefined).map((op): Expr => operation(op, [arg(0), arg(1)]));
  return [
    ...one.map((expr): [string, Expr, Tensor[]] => [expr.key, expr, [x]]),
    ...two.map((expr): [string, Expr, Tensor[]] => [expr.key, expr, [column, x]]),
  ];
}
