import { type Check, checkThat } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import type { Graph, VariableLike } from '@chainrule/tensor/graph';

/** A captured function for a backend, without `custom` nodes and dead nodes. */
export interface Program {
  /** Outputs: first the results, then the new values of `assigns`. */
  readonly graph: Graph;
  /** The number of outputs that a run returns. */
  readonly results: number;
  /** The variables that the remaining outputs are assigned to, in order. */
  readonly assigns: readonly VariableLike[];
  /** Whether the backend may fuse nodes. If not, it computes each node by itself. */
  readonly fuse: boolean;
  /**
   * Decides from the results whether a run counts. If it returns false, nothing is assigned. By default every run
   * counts.
   */
  readonly accept?: ((results: readonly Tensor[]) => boolean) | undefined;
}

/** Prepares programs and runs them. `docs/design/backend.md` is the contract. */
export interface Backend {
  /** The name of the backend in errors and reports. */
  readonly name: string;
  /** Plans the program and emits code, but does not run it. */
  prepare(program: Program): Executable;
  /** Frees memory that nothing refers to anymore. After a MemoryError, await it and try again. */
  reclaim?(): Promise<void>;
  /** Frees the memory of variables on the backend. They keep their values and may be used again. */
  release?(variables: readonly VariableLike[]): void;
}

/** A program on a backend. */
export interface Executable {
  /**
   * Runs the program: reads the variables' newest values, returns the results and commits all assignments together. A
   * throw commits nothing, and neither does a run that `accept` refuses.
   *
   * @param args - the values of `graph.inputs`
   */
  run(args: readonly Tensor[]): Tensor[];
  /** The most bytes that computed values took at one time in the last run. */
  readonly peakBytes: number;
  /** The plan as text: the steps in order, fused nodes, shapes, work, and memory. */
  explain(): string;
  /** Times the parts of the program, on arguments of zeros, without committing anything. */
  profile(runs: number): ProfileRow[];
  /** Frees the memory of the program, but not that of variables. */
  dispose(): void;
}

/** The time that one part of a program takes. */
export interface ProfileRow {
  readonly name: string;
  /** Median over the runs. */
  readonly micros: number;
  /** Floating-point operations, and bytes read and written. */
  readonly flops: number;
  readonly bytes: number;
  /**
   * The share of the machine's peak, of arithmetic or of memory bandwidth, whichever is larger. NaN if it is unknown.
   */
  readonly share: number;
}

/** Something that prepares programs, such as the result of `await wasm()`. */
export const aBackend: Check = /* @__PURE__ */ checkThat(
  'a backend such as `await wasm()`',
  (value) => typeof (value as Backend | null | undefined)?.prepare === 'function',
);
