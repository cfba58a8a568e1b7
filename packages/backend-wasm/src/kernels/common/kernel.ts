import { type FunctionRef, type Local, type ModuleBuilder, repeatType, type TupleOf } from '../../asm/index.ts';
import type { Lanes } from '../../lanes/lanes.ts';
import type { HostFunction } from '../../math/hostFunctions.ts';

/** What code is emitted for. */
export interface Target {
  /** Four lanes where the machine has SIMD, else one. */
  readonly vector: Lanes;
  /** One lane, for the ends of rows. */
  readonly scalar: Lanes;
  /** Whether `madd` is one instruction. */
  readonly relaxed: boolean;
  /** No algorithm whose result depends on more than IEEE 754: plain SIMD, no Winograd. */
  readonly reproducible: boolean;
  /** A function of JavaScript's `Math` on float64, for what has no code of its own. */
  host(name: HostFunction): FunctionRef;
}

/**
 * Code for one piece of work of a fixed shape: a function `(…buffers, scratch, begin, end)`, all i32. It does the units
 * `begin` up to but not including `end`, which may be any part of all `units`: units are cut by shape alone and write to
 * places of their own, so that neither order nor number of threads changes a bit.
 */
export interface ComputeKernel {
  /** Kernels of equal keys are the same code, which is emitted once. Holds everything that the code depends on. */
  readonly key: string;
  /** What it is called in plans and profiles, as `matmul 32x784x300`. */
  readonly name: string;
  /** How many addresses of buffers it takes. */
  readonly buffers: number;
  readonly units: number;
  /** Operations on floats, and bytes read and written once, over all units. */
  readonly flops: number;
  readonly bytes: number;
  /** Bytes of working memory that each thread has to itself; 16-byte aligned. */
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

/** A node's work: kernels in order, and the memory between them. */
export interface Lowered {
  /** Bytes of buffers that live from the first step that names them to the last. */
  readonly temporaries: readonly number[];
  readonly steps: readonly LoweredStep[];
}

/** One kernel and its buffers: numbers in the list of the node's inputs, its outputs, the temporaries; last maybe the `statusBuffer`. */
export interface LoweredStep {
  readonly kernel: ComputeKernel;
  readonly buffers: readonly number[];
  /** How many of the numbered buffers, the last ones, are written. Default 1. */
  readonly writes?: number;
  /** Written buffers that may lie where a read one lies that nobody needs afterwards: each element is read before it is written. */
  readonly inPlace?: readonly (readonly [written: number, read: number])[];
}

/** What decides between algorithms. */
export type LoweringOptions = Pick<Target, 'relaxed' | 'reproducible'> & { readonly simd: boolean };
