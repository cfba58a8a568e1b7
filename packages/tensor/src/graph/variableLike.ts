import type { DType } from '../array/dtype.ts';
import type { Tensor } from '../array/tensor.ts';

/** What nodes, traces and backends know of a variable. */
export interface VariableLike {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: DType;
  trainable: boolean;
  /** Grows with every assignment and commit: tells a backend whether its copy is the newest. */
  readonly version: number;
  /** The value outside any capture. */
  readonly '~committed': Tensor;
  /** Replaces the value outside any capture. */
  '~commit'(value: Tensor): void;
  /** For backends: the newest value is theirs; `fetch` and `read` return copies of it. */
  '~reside'(fetch: () => Tensor, read: () => Promise<Tensor>): void;
}
