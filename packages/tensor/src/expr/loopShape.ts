import type { TypedArray } from '../array/dtype.ts';

/**
 * The iteration space of a loop: the sizes of its nested axes, and the stride of each operand along each axis. Adjacent
 * axes with contiguous strides in every operand are merged.
 */
export interface LoopShape {
  readonly sizes: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** Fills `out` with the value of the expression for each element, row-major over `sizes`. */
export type Loop = (
  out: TypedArray,
  operands: readonly TypedArray[],
  sizes: readonly number[],
  strides: readonly (readonly number[])[],
) => void;
