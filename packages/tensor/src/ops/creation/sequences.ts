import { showValue, ValueError } from '@chainrule/errors';
import { anInteger, integerFrom } from '@chainrule/errors/check';
import type { Arange } from '../signatures/index.ts';
import { checkIntegers } from './creation.ts';
import { checkDType, type DTypeArgument, readDType } from '../../array/checkDType.ts';
import { allocate, type DType, type FloatDType, isFloat, type TypedArray } from '../../array/dtype.ts';
import { checkShape } from '../../array/shape.ts';
import { Tensor } from '../../array/tensor.ts';

function checkFinite(op: string, given: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(given)) {
    if (!Number.isFinite(value))
      throw new ValueError(`${op}: \`${name}\` must be a finite number, got ${showValue(value)}`);
  }
}

function sequence(op: string, count: number, dtype: DType, element: (i: number) => number): Tensor {
  checkDType(op, dtype);
  checkShape(op, [count]);
  const data: TypedArray = allocate(dtype, count, op);
  for (let i = 0; i < count; i++) data[i] = element(i);
  if (!isFloat(dtype))
    checkIntegers(
      op,
      Float64Array.from({ length: count }, (_, i) => element(i)),
      data,
      dtype,
    );
  return new Tensor([count], dtype, data);
}

/**
 * Evenly spaced numbers: `arange(count)` counts from 0, and `arange(start, stop, step)` ends before `stop`.
 *
 * start + i · step for i = 0 … ⌈(stop − start) / step⌉ − 1
 *
 * @param start - the first number; a single argument is `count`, an integer of at least 0
 * @param stop - the end, which is excluded
 * @param step - by default 1; may be negative
 * @param dtype - by default float32; in `arange(count, dtype)` the second argument. `{ dtype }` does the same
 * @throws ValueError for a step of 0, and for numbers that the dtype cannot hold
 * @example
 * arange(3).toArray(); // => 0,1,2
 * arange(5, 0, -2).toArray(); // => 5,3,1
 */
export const arange: Arange = (
  first: number,
  second?: number | DTypeArgument<DType>,
  step = 1,
  given?: DTypeArgument<DType>,
): Tensor => {
  if (typeof second !== 'number') {
    integerFrom(0)('arange', 'count', first);
    return sequence('arange', first, readDType('arange', second) ?? 'float32', (i) => i);
  }
  const dtype = readDType('arange', given) ?? 'float32';
  checkFinite('arange', { start: first, stop: second, step });
  if (step === 0) throw new ValueError('arange: `step` must not be 0');
  return sequence('arange', Math.max(0, Math.ceil((second - first) / step)), dtype, (i) => first + i * step);
};

/**
 * Evenly spaced numbers, including both ends.
 *
 * start + i · (stop − start) / (count − 1)
 *
 * @param count - the number of values, an integer of at least 0; with 1 the value is `start`
 * @param dtype - by default float32
 * @throws ShapeError if `count` is not an integer of at least 0; ValueError for infinite ends
 * @example
 * linspace(0, 1, 5).toArray(); // => 0,0.25,0.5,0.75,1
 */
export function linspace<const N extends number, D extends FloatDType = 'float32'>(
  start: number,
  stop: number,
  count: N,
  dtype?: DTypeArgument<D>,
): Tensor<[N], NoInfer<D>> {
  checkFinite('linspace', { start, stop });
  integerFrom(0)('linspace', 'count', count);
  const last = count - 1;
  const element = (i: number): number =>
    i === last && i > 0 ? stop : start + (i * (stop - start)) / Math.max(1, last);
  return sequence('linspace', count, readDType<DType>('linspace', dtype) ?? 'float32', element);
}

/**
 * A matrix with ones on a diagonal and zeros elsewhere.
 *
 * @param rows - an integer of at least 0
 * @param columns - by default `rows`
 * @param k - the diagonal: 0 is the main diagonal, positive ones are above it, negative ones below. Default 0
 * @param dtype - by default float32
 * @throws ShapeError for invalid sizes; OptionError if `k` is not an integer
 * @example
 * eye(2).toArray(); // => 1,0,0,1
 * eye(2, 3, 1).toArray(); // => 0,1,0,0,0,1
 */
export function eye<const N extends number, const M extends number = N, D extends DType = 'float32'>(
  rows: N,
  columns?: M,
  k = 0,
  dtype?: DTypeArgument<D>,
): Tensor<[N, M], NoInfer<D>> {
  const type: DType = readDType<DType>('eye', dtype) ?? 'float32';
  const [height, width]: [number, number] = [rows, columns ?? rows];
  for (const [name, value] of Object.entries({ rows: height, columns: width })) integerFrom(0)('eye', name, value);
  checkShape('eye', [height, width]);
  anInteger('eye', 'k', k);
  const data = allocate(type, [height, width], 'eye');
  for (let i = Math.max(0, -k); i < Math.min(height, width - k); i++) data[i * width + i + k] = 1;
  return new Tensor([height, width], type as D, data);
}
