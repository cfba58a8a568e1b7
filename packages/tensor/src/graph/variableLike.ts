import type { DType } from '../array/dtype.ts';
import type { Tensor } from '../array/tensor.ts';

/** The parts of a variable that nodes, traces and backends use. */
export interface VariableLike {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  trainable: boolean;
  /** Increases with every assignment and commit. A backend compares it to see whether its copy is the newest. */
  readonly version: number;
  /** The value outside any capture. */
  readonly '~committed': Tensor;
  /** Replaces the value outside any capture. */
  '~commit'(value: Tensor): void;
  /** Called by a backend that holds the newest value. `fetch` and `read` return copies of it. */
  '~reside'(fetch: () => Tensor, read: () => Promise<Tensor>): void;
}
