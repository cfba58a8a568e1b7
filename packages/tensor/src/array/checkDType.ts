import { DTypeError, showValue } from '@chainrule/errors';
import { type Check, checkOptions } from '@chainrule/errors/check';
import { type DType, isDType, isFloat } from './dtype.ts';

/** Throws unless the value is the name of a dtype. The error translates names of other libraries. */
export function checkDType(op: string, dtype: unknown): void {
  if (isDType(dtype)) return;
  const ours =
    typeof dtype !== 'string'
      ? undefined
      : /^(u?int(16|32|64)?|long|short|bigint)$/i.test(dtype)
        ? 'int32'
        : /float|half|number/i.test(dtype)
          ? 'float32'
          : ({ double: 'float64', byte: 'uint8', boolean: 'bool' } as Readonly<Record<string, string>>)[dtype];
  throw new DTypeError(
    `${op}: \`dtype\` must be float32, float64, int32, uint8 or bool, got ${showValue(dtype)}${ours ? `; write '${ours}'` : ''}`,
  );
}

/** Checks that the value is the name of a dtype. */
export const aDType: Check = (op, _, value) => checkDType(op, value);

/** A dtype, or an object with one: both forms in which callers pass it. */
export type DTypeArgument<D extends DType> = D | { readonly dtype?: D | undefined };

/** Reads `dtype` or `{ dtype }`; undefined stays undefined. */
export function readDType<D extends DType>(op: string, given: DTypeArgument<D> | undefined): D | undefined {
  if (typeof given !== 'object' || given === null) {
    if (given !== undefined) checkDType(op, given);
    return given;
  }
  checkOptions<{ readonly dtype?: D | undefined }>(op, given, { dtype: aDType });
  return given.dtype;
}

/** Throws in the name of `op` if the dtype is not floating point. */
export function checkFloat(op: string, dtype: DType): void {
  if (!isFloat(dtype))
    throw new DTypeError(`${op}: expects float32 or float64, got ${dtype}; convert it with \`cast\``);
}

/** Throws in the name of `op` if two dtypes differ. */
export function checkSameDType(op: string, a: DType, b: DType): void {
  if (a !== b) throw new DTypeError(`${op}: expects one dtype, got ${a} and ${b}; convert one with \`cast\``);
}
