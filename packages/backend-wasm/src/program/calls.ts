import type { Buffer } from '@chainrule/compiler/backend';
import type { IndexingNode, Node } from '@chainrule/tensor/graph';
import type { ComputeKernel } from '../kernels/common/kernel.ts';

/** Memory that a program uses. The kind tells how to find its address. */
export type Storage =
  /** At an offset in the arena, which may move between runs. */
  | (Buffer & { readonly kind: 'arena' })
  /** A constant of the program. */
  | (Buffer & { readonly kind: 'constant'; readonly address: number })
  /**
   * The block of a variable with its value before the run, or the block with its value afterwards. A run swaps the two.
   */
  | (Buffer & { readonly kind: 'variable'; readonly index: number; readonly next: boolean })
  /**
   * A slice of a buffer outside the scan. `step` and `partition` are byte strides between time steps and between row
   * partitions.
   */
  | (Buffer & { readonly kind: 'slice'; readonly of: Slot; readonly step: number; readonly partition: number })
  /** A carry of a scan, before the step or after it. */
  | (Buffer & { readonly kind: 'carry'; readonly index: number; readonly next: boolean });

/** A storage and an offset in it. */
export interface Slot {
  readonly storage: Storage;
  /** In bytes. */
  readonly offset: number;
}

/** A kernel with its buffers. It reads the first `reads` buffers and writes the others. */
export interface KernelCall {
  readonly kind: 'kernel';
  readonly kernel: ComputeKernel;
  readonly op: string;
  readonly buffers: readonly Slot[];
  readonly reads: number;
  /** Written buffers that may take the memory of read buffers. */
  readonly inPlace: readonly (readonly [written: Storage, read: Storage])[];
  /** The status block, the last argument of a kernel that reports indices out of range. */
  readonly status: StatusBlock | undefined;
}

/** The memory in which a kernel reports an index out of range, and the node that has the index. */
export interface StatusBlock {
  readonly address: number;
  readonly node: IndexingNode;
}

/** A node that JavaScript evaluates. */
export interface HostCall {
  readonly kind: 'host';
  readonly node: Node;
  readonly inputs: readonly Slot[];
  readonly outputs: readonly Slot[];
}

/** A loop of calls. */
export interface ScanCall {
  readonly kind: 'scan';
  readonly length: number;
  readonly reverse: boolean;
  readonly body: readonly Call[];
  /** The number of row partitions. Each runs all steps by itself. */
  readonly partitions: number;
  /** Their buffers hold the rows of all partitions, one partition after the other. */
  readonly carries: readonly ScanCarry[];
  /** Memory in the arena for the body of each partition, and the bytes of one. */
  readonly scratch: Storage;
  readonly scratchBytes: number;
  readonly offsets: ReadonlyMap<Buffer, number>;
  readonly reads: readonly Slot[];
  readonly writes: readonly Slot[];
}

/** A value that each step passes to the next. The last step writes it to `last`. */
export interface ScanCarry {
  readonly init: Slot;
  readonly last: Slot;
  /**
   * The memory to which the other steps write: alternately `other` and `last`, or, if all values are kept, a row of a
   * stack.
   */
  readonly between: { readonly other: Slot } | { readonly stack: Slot };
  /** Bytes of one partition. */
  readonly bytes: number;
}

export type Call = KernelCall | HostCall | ScanCall;
