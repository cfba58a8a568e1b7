import { MemoryError, showShape } from '@chainrule/errors';
import type { DType, FloatDType, TypedArray } from '../types/dtype.ts';
import { sizeOf } from './shape.ts';

export type { DType, FloatDType, TypedArray };

interface ArrayConstructor {
  readonly name: string;
  new (length: number): TypedArray;
  from(values: ArrayLike<number>): TypedArray;
  readonly BYTES_PER_ELEMENT: number;
}

const constructors: Record<DType, ArrayConstructor> = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

/**
 * Returns an array of zeros for the elements of a tensor.
 *
 * @param shape - the shape, or the number of elements
 * @param op - the operation that needs the array, for the error
 * @throws MemoryError if the engine has no memory for it
 * @example
 * allocate('float32', [1, 2]); // => 0,0
 */
export function allocate(dtype: DType, shape: number | readonly number[], op = 'allocate'): TypedArray {
  const size = typeof shape === 'number' ? shape : sizeOf(shape);
  try {
    return new constructors[dtype](size);
  } catch {
    throw new MemoryError(
      `${op}: memory must hold ${dtype} ${showShape([shape].flat())}, got none; use a smaller batch`,
    );
  }
}

/**
 * Returns the size of one element in bytes.
 *
 * @example
 * byteSize('int32'); // => 4
 */
export function byteSize(dtype: DType): number {
  return constructors[dtype].BYTES_PER_ELEMENT;
}

/**
 * Tells whether a dtype is floating point. Only such elements have gradients.
 *
 * @example
 * isFloat('int32'); // => false
 */
export function isFloat(dtype: DType): dtype is FloatDType {
  return dtype === 'float32' || dtype === 'float64';
}

/** The name of the class of typed arrays for a dtype, which is also their `Symbol.toStringTag`. */
export function arrayName(dtype: DType): string {
  return constructors[dtype].name;
}

/** Tells whether `value` is a known dtype. Files and JavaScript callers may hold anything. */
export function isDType(value: unknown): value is DType {
  return typeof value === 'string' && Object.hasOwn(constructors, value);
}
