import { DTypeError } from '@chainrule/errors';
import { type DType, isFloat } from './dtype.ts';

/** Refuses what is not floating point, in the name of `op`. */
export function requireFloat(op: string, dtype: DType): void {
  if (!isFloat(dtype))
    throw new DTypeError(`${op}: expects float32 or float64, got ${dtype}; convert it with \`cast\``);
}

/** Refuses two dtypes where there must be one. */
export function requireSame(op: string, a: DType, b: DType): void {
  if (a !== b) throw new DTypeError(`${op}: expects one dtype, got ${a} and ${b}; convert one with \`cast\``);
}
