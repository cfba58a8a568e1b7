import type { DType, Generator, Tensor, Variable } from '@chainrule/tensor';

/** The state that a program reads and changes, in addition to its arguments. */
export interface State {
  readonly rng: Generator;
  readonly variable: Variable;
  /** Converts a dtype of the program to that of the run: in a run in float64, float32 becomes float64. */
  readonly typed: (dtype: DType) => DType;
}

/**
 * An instruction computes tensors from two others; `k` chooses axes and options. If the operands do not fit, it returns
 * `undefined` or throws an error of the library, and the program leaves it out.
 */
export type Instruction = (a: Tensor, b: Tensor, k: number, state: State) => Tensor | readonly Tensor[] | undefined;
