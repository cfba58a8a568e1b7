import type { DType, FloatDType, TypedArray } from '../types/dtype.ts';

export type { DType, FloatDType, TypedArray };

interface ArrayConstructor {
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
 * A zero-filled array of `size` elements.
 *
 * @example
 * allocate('float32', 2); // => 0,0
 */
export function allocate(dtype: DType, size: number): TypedArray {
  return new constructors[dtype](size);
}

/**
 * Bytes of one element.
 *
 * @example
 * byteSize('int32'); // => 4
 */
export function byteSize(dtype: DType): number {
  return constructors[dtype].BYTES_PER_ELEMENT;
}

/**
 * Whether elements of this type have gradients.
 *
 * @example
 * isFloat('int32'); // => false
 */
export function isFloat(dtype: DType): dtype is FloatDType {
  return dtype === 'float32' || dtype === 'float64';
}

/** Whether `value` is a known dtype; guards what comes from files and from JavaScript callers. */
export function isDType(value: unknown): value is DType {
  return typeof value === 'string' && Object.hasOwn(constructors, value);
}
