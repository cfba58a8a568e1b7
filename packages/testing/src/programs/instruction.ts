import type { DType, Generator, Tensor, Variable } from '@chainrule/tensor';

/** Inputs of a program in addition to its arguments. */
export interface Surroundings {
  readonly rng: Generator;
  readonly variable: Variable;
  /** The type to use where the program says `dtype`: float64 for float32 in a run in float64. */
  readonly typed: (dtype: DType) => DType;
}

/**
 * One instruction: makes tensors of two others; `k` chooses axes and options. It gives `undefined` where the operands do
 * not suit, or throws one of the library's errors: the program leaves it out.
 */
export type Instruction = (
  a: Tensor,
  b: Tensor,
  k: number,
  around: Surroundings,
) => Tensor | readonly Tensor[] | undefined;
