import { type Check, checkThat } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import type { Graph, VariableLike } from '@chainrule/tensor/graph';

/** A captured function, ready for a backend: no `custom` nodes, no dead ones. */
export interface Program {
  /** Outputs: first the results, then the new values of `assigns`. */
  readonly graph: Graph;
  /** How many of the outputs are handed back. */
  readonly results: number;
  /** The variables that the remaining outputs are assigned to, in order. */
  readonly assigns: readonly VariableLike[];
  /** Whether the backend may join nodes; without, every node is computed by itself. */
  readonly fuse: boolean;
  /** Decides from the results whether a run counts; where it returns false, nothing is assigned. By default every run does. */
  readonly accept?: ((results: readonly Tensor[]) => boolean) | undefined;
}

/** What runs programs. `docs/design/backend.md` is the contract. */
export interface Backend {
  /** How the backend is called in errors and reports. */
  readonly name: string;
  /** Plans and emits code; runs nothing. */
  prepare(program: Program): Executable;
  /** Takes back the memory of what nobody holds any more. After a MemoryError, await it and try once more. */
  reclaim?(): Promise<void>;
  /** Takes back the memory of variables, which keep their values and may be used again. */
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
  /** Largest number of bytes that computed values took at one time in the last run. */
  readonly peakBytes: number;
  /** The plan as text: what runs in which order, what is joined, shapes, work, memory. */
  explain(): string;
  /** Times the parts of the program, on arguments of zeros, without committing anything. */
  profile(runs: number): ProfileRow[];
  /** Gives back what the program holds; variables stay. */
  dispose(): void;
}

/** The time of one part of a program. */
export interface ProfileRow {
  readonly name: string;
  /** Median over the runs. */
  readonly micros: number;
  /** Operations on floats, and bytes read and written. */
  readonly flops: number;
  readonly bytes: number;
  /** How much of what the machine can do is used: arithmetic or memory, whichever is more; NaN where that is not known. */
  readonly share: number;
}

/** Something that prepares programs, such as the result of `await wasm()`. */
export const aBackend: Check = /* @__PURE__ */ checkThat(
  'a backend such as `await wasm()`',
  (value) => typeof (value as Backend | null | undefined)?.prepare === 'function',
);
