import { ShapeError, showShape, showValue, ValueError } from '@chainrule/errors';
import { checkOptions, isPlain, refuse } from '@chainrule/errors/check';
import type { Creation, FromValues, Full } from '../signatures/index.ts';
import type { Shape } from '../../types/tensor.ts';
import { aDType, checkDType, type DTypeArgument, readDType } from '../../array/checkDType.ts';
import { allocate, type DType, isFloat, type TypedArray } from '../../array/dtype.ts';
import { checkShape, sameShape, sizeOf } from '../../array/shape.ts';
import { flatValues, dtypeOf, nestedShape } from '../../array/nested.ts';
import { aTensor, numbers } from '../../array/checks.ts';
import { type Nested, Tensor } from '../../array/tensor.ts';

/**
 * Creates a tensor from values. They are copied.
 *
 * @param values - a number, nested arrays of equal lengths, a typed array, or an array of typed arrays
 * @param shape - by default that of the nested arrays; `[length]` for a typed array. The dtype, or `{ shape, dtype }`,
 *   may take its place
 * @param dtype - by default that of typed arrays: float64, int32, or uint8 for bytes; float32 for everything else
 * @throws ShapeError if lengths differ or the number of values does not match the shape
 * @throws ValueError if a value is not a number, or if int32, uint8 or bool cannot hold it
 * @example
 * tensor([[1, 2], [3, 4]]).shape; // => 2,2
 * tensor(new Float32Array(6), [2, 3]).shape; // => 2,3
 * tensor([1, 2], 'int32').dtype; // => int32
 * tensor([1, 2], { dtype: 'int32' }).dtype; // => int32
 * tensor(new Int32Array([1, 2])).dtype; // => int32
 */
export const tensor: FromValues = (
  values: Nested,
  second?: readonly number[] | DType | TensorOptions,
  third?: DType,
): Tensor => {
  const given: unknown = second;
  if (typeof given === 'number')
    refuse(
      'tensor',
      'shape',
      'a list of sizes',
      given,
      `put values in a list: \`tensor([${String(values)}, ${given}])\``,
    );
  const { shape, dtype = dtypeOf(values) } = optionsOf(second, third);
  checkDType('tensor', dtype);
  const found = nestedShape(values);
  const target = shape ?? found;
  checkShape('tensor', target);
  if (sizeOf(target) !== sizeOf(found)) {
    throw new ShapeError(`tensor: \`shape\` ${showShape(target)} needs ${sizeOf(target)} values, got ${sizeOf(found)}`);
  }
  if (found.length > 1 && shape && !sameShape(found, target)) {
    throw new ShapeError(`tensor: \`values\` are nested as ${showShape(found)}, got \`shape\` ${showShape(target)}`);
  }
  return new Tensor([...target], dtype, flatValues(values, dtype, sizeOf(target)));
};

interface TensorOptions {
  readonly shape?: readonly number[] | undefined;
  readonly dtype?: DType | undefined;
}

/** The arguments after the values: `(shape, dtype)`, `(dtype)` or `({ shape, dtype })`. */
function optionsOf(
  second: readonly number[] | DType | TensorOptions | undefined,
  third: DType | undefined,
): TensorOptions {
  if (typeof second === 'string' && third === undefined) return { dtype: second };
  if (!isPlain(second)) return { shape: second as readonly number[] | undefined, dtype: third };
  checkOptions<TensorOptions>('tensor', second, { shape: numbers, dtype: aDType });
  return second;
}

/** Throws if an integer dtype cannot hold the value, because integer arrays wrap silently. */
export function checkIntegers(op: string, flat: ArrayLike<number>, data: TypedArray, dtype: DType): void {
  for (let i = 0; i < data.length; i++) {
    const held = data[i]!;
    if (held !== flat[i] || (dtype === 'bool' && held > 1))
      throw new ValueError(`${op}: ${dtype} cannot hold ${String(flat[i])}${flat.length > 1 ? ` (value ${i})` : ''}`);
  }
}

/**
 * Creates a tensor that has the same value everywhere.
 *
 * @example
 * full([2], 7).toArray(); // => 7,7
 */
export const full: Full = (shape: readonly number[], value: number, dtype?: DTypeArgument<DType>): Tensor =>
  filled('full', shape, value, dtype);

function filled(op: string, shape: readonly number[], value: number, given?: DTypeArgument<DType>): Tensor {
  checkShape(op, shape);
  const dtype = readDType(op, given) ?? 'float32';
  if (typeof value !== 'number' && typeof value !== 'boolean')
    throw new ValueError(`${op}: \`value\` must be a number, got ${showValue(value)}`);
  const data = allocate(dtype, shape, op);
  if (value !== 0) data.fill(Number(value));
  if (!isFloat(dtype)) checkIntegers(op, [Number(value)], data.subarray(0, 1), dtype);
  return new Tensor([...shape], dtype, data);
}

/**
 * Creates a tensor of zeros; `false` for bool.
 *
 * @example
 * zeros([2]).toArray(); // => 0,0
 * zeros([2], { dtype: 'int32' }).dtype; // => int32
 */
export const zeros: Creation = (shape: readonly number[], dtype?: DTypeArgument<DType>): Tensor =>
  filled('zeros', shape, 0, dtype);

/**
 * Creates a tensor of ones; `true` for bool.
 *
 * @example
 * ones([2]).toArray(); // => 1,1
 */
export const ones: Creation = (shape: readonly number[], dtype?: DTypeArgument<DType>): Tensor =>
  filled('ones', shape, 1, dtype);

/**
 * Creates zeros with the shape and dtype of another tensor.
 *
 * @example
 * zerosLike(tensor([[1, 2]])).toArray(); // => 0,0
 */
export function zerosLike<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
  aTensor('zerosLike', 'x', x);
  return filled('zerosLike', x.shape, 0, x.dtype);
}

/**
 * Creates ones with the shape and dtype of another tensor.
 *
 * @example
 * onesLike(tensor([[1, 2]])).toArray(); // => 1,1
 */
export function onesLike<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D> {
  aTensor('onesLike', 'x', x);
  return filled('onesLike', x.shape, 1, x.dtype);
}
