import { DTypeError } from '@chainrule/errors';
import { type DType, isFloat } from './dtype.ts';

/** Throws in the name of `op` if the dtype is not floating point. */
export function checkFloat(op: string, dtype: DType): void {
  if (!isFloat(dtype))
    throw new DTypeError(`${op}: expects float32 or float64, got ${dtype}; convert it with \`cast\``);
}

/** Throws in the name of `op` if two dtypes differ. */
export function checkSameDType(op: string, a: DType, b: DType): void {
  if (a !== b) throw new DTypeError(`${op}: expects one dtype, got ${a} and ${b}; convert one with \`cast\``);
}
