import { type FunctionRef, type Local, type ModuleBuilder, repeatType, type TupleOf } from '../../asm/index.ts';
import type { Lanes } from '../../lanes/lanes.ts';
import type { HostFunction } from '../../math/hostFunctions.ts';

/** The machine that code is emitted for. */
export interface Target {
  /** Four lanes with SIMD, otherwise one. */
  readonly vector: Lanes;
  /** One lane, for the ends of rows. */
  readonly scalar: Lanes;
  /** Whether `madd` is one instruction. */
  readonly relaxed: boolean;
  /** Whether only algorithms are allowed whose results IEEE 754 determines: plain SIMD, no Winograd. */
  readonly reproducible: boolean;
  /** Imports a JavaScript function on float64, for operations without code of their own. */
  host(name: HostFunction): FunctionRef;
}

/**
 * Code for one piece of work of a fixed shape: a function `(…buffers, scratch, begin, end)`, all i32. It computes units
 * `begin` up to but not including `end`. Units are cut by shape alone and write to separate memory, so neither their
 * order nor the number of threads changes a bit of the result.
 */
export interface ComputeKernel {
  /** Everything that the code depends on. Kernels of equal keys are emitted once. */
  readonly key: string;
  /** The name in plans and profiles, such as `matmul 32x784x300`. */
  readonly name: string;
  /** The number of buffers, each of which is an address. */
  readonly buffers: number;
  readonly units: number;
  /** Floating-point operations, and bytes read and written, of all units together. */
  readonly flops: number;
  readonly bytes: number;
  /** Bytes of working memory for each thread, aligned to 16 bytes. */
  readonly scratch: number;
  emit(module: ModuleBuilder, target: Target): FunctionRef;
}

/** The parameters of a kernel that takes this number of buffers. */
export function kernelParams<const N extends number>(buffers: N): [...TupleOf<'i32', N>, 'i32', 'i32', 'i32'] {
  return [...repeatType('i32', buffers), 'i32', 'i32', 'i32'];
}

/** The arguments of a kernel whose number of buffers varies. */
export interface KernelArgs {
  readonly buffers: readonly Local<'i32'>[];
  readonly scratch: Local<'i32'>;
  readonly begin: Local<'i32'>;
  readonly end: Local<'i32'>;
}

export function kernelArgs(params: readonly Local<'i32'>[]): KernelArgs {
  const [scratch, begin, end] = params.slice(-3) as TupleOf<Local<'i32'>, 3>;
  return { buffers: params.slice(0, -3), scratch, begin, end };
}

/** The work of a node: kernels in order, and the memory between them. */
export interface Lowered {
  /** Bytes of temporary buffers. Each lives from the first step that uses it to the last. */
  readonly temporaries: readonly number[];
  readonly steps: readonly LoweredStep[];
}

/**
 * One kernel and its buffers, as indices into the list of inputs, outputs and temporaries. `statusBuffer` may come
 * last.
 */
export interface LoweredStep {
  readonly kernel: ComputeKernel;
  readonly buffers: readonly number[];
  /** The number of buffers at the end of the list that are written. Default 1. */
  readonly writes?: number;
  /** Written buffers that may take the memory of a read buffer, because each element is read before it is written. */
  readonly inPlace?: readonly (readonly [written: number, read: number])[];
}

/** Options that decide between algorithms. */
export type LoweringOptions = Pick<Target, 'relaxed' | 'reproducible'> & { readonly simd: boolean };
