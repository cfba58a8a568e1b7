import type { Buffer } from '@chainrule/compiler';
import type { IndexingNode, Node } from '@chainrule/tensor/graph';
import type { ComputeKernel } from '../kernels/common/kernel.ts';

/** Memory that a program uses: how its address is known. */
export type Storage =
  /** At an offset in the arena, which may move between runs. */
  | (Buffer & { readonly kind: 'arena' })
  /** A constant of the program. */
  | (Buffer & { readonly kind: 'constant'; readonly address: number })
  /** The value of a variable before the run, or its value after it: two blocks that change places. */
  | (Buffer & { readonly kind: 'variable'; readonly index: number; readonly next: boolean })
  /** In something around a scan: bytes from what a step uses to what the next does, and from what a part of the rows uses to the next. */
  | (Buffer & { readonly kind: 'slice'; readonly of: Slot; readonly step: number; readonly part: number })
  /** A carry of a scan, as the step finds it or leaves it. */
  | (Buffer & { readonly kind: 'carry'; readonly index: number; readonly next: boolean });

/** A place in some storage. */
export interface Slot {
  readonly storage: Storage;
  /** In bytes. */
  readonly offset: number;
}

/** A kernel with its buffers, of which the first `reads` are read and the others written. */
export interface KernelCall {
  readonly kind: 'kernel';
  readonly kernel: ComputeKernel;
  readonly op: string;
  readonly buffers: readonly Slot[];
  readonly reads: number;
  /** Written buffers that may take the place of read ones. */
  readonly inPlace: readonly (readonly [written: Storage, read: Storage])[];
  /** Where the kernel says that an index was out of range; its last argument. */
  readonly status: StatusBlock | undefined;
}

/** Where a kernel writes [1 + index, …] when an index is out of range of an axis. */
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
  /** Into how many parts the rows are cut that go through all steps each for itself. */
  readonly parts: number;
  /** Buffers have the rows of all parts, one part behind the other. */
  readonly carries: readonly ScanCarry[];
  /** Room in the arena for the body of each part, and the size of one. */
  readonly scratch: Storage;
  readonly scratchBytes: number;
  readonly offsets: ReadonlyMap<Buffer, number>;
  readonly reads: readonly Slot[];
  readonly writes: readonly Slot[];
}

/** A value that a step leaves to the next. The last step writes it to `last`. */
export interface ScanCarry {
  readonly init: Slot;
  readonly last: Slot;
  /** Where the other steps write it: to `other` and `last` in turn, or, where all of them are kept, each to the place of the next step in a stack. */
  readonly between: { readonly other: Slot } | { readonly stack: Slot };
  /** Of a part. */
  readonly bytes: number;
}

export type Call = KernelCall | HostCall | ScanCall;
