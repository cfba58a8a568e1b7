import type { TypedArray } from '../array/dtype.ts';

/**
 * How a loop walks its operands: the sizes of its nested axes, and for each operand its stride along each. Adjacent
 * axes that every operand crosses in the same way are one.
 */
export interface LoopShape {
  readonly sizes: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/** Fills `out`, row-major over `sizes`, with the expression of the operands. */
export type Loop = (
  out: TypedArray,
  operands: readonly TypedArray[],
  sizes: readonly number[],
  strides: readonly (readonly number[])[],
) => void;
