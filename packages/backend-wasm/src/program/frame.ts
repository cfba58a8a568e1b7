import { type FunctionBuilder, i32, type I32, type Local, memory } from '../asm/index.ts';
import type { ScanCall, ScanCarry, Slot } from './calls.ts';

/** The step number and the carries, for the body of a scan. */
export interface ScanFrame {
  readonly call: ScanCall;
  /** The step number, in the order of the slices. */
  readonly time: Local<'i32'>;
  /** The number of the partition, if the scan is partitioned. */
  readonly partition: Local<'i32'> | undefined;
  readonly carries: readonly FrameCarry[];
  readonly outer: ScanFrame | undefined;
  /** The block in which helpers find `time` and the addresses of the carries, if the steps have jobs. */
  readonly block: number | undefined;
}

/** Bytes of the block of a scan: `time`, and two addresses for each carry. */
export function frameBytes({ carries }: ScanCall): number {
  return 4 + 8 * carries.length;
}

/** Writes the frame to its block for helpers. No job may be open. */
export function storeFrame(f: FunctionBuilder, { block, time, carries }: ScanFrame): void {
  [time, ...carries.flatMap(({ current, next }) => [current, next])].forEach((word, i) =>
    f.add(i32.store(i32.const(block!), word, 4 * i)),
  );
}

/**
 * Reads the frame and its enclosing frames in the function of a job. A late helper may read wrong values, but takes no
 * units.
 */
export function reloadFrame(f: FunctionBuilder, frame: ScanFrame | undefined): ScanFrame | undefined {
  if (!frame) return undefined;
  const word = (i: number): Local<'i32'> => f.let(i32.load(i32.const(frame.block!), 4 * i));
  const carries = frame.carries.map((_, i) => ({ current: word(1 + 2 * i), next: word(2 + 2 * i) }));
  return { ...frame, time: word(0), carries, outer: reloadFrame(f, frame.outer) };
}

/** The addresses of a carry before and after a step. */
export interface FrameCarry {
  readonly current: Local<'i32'>;
  readonly next: Local<'i32'>;
}

/** A carry, and code that advances its addresses to the next step. */
export interface LoopCarry extends FrameCarry {
  readonly advance: () => void;
}

/** The number of the partition, the iteration of the loop, and the addresses of slots. */
export interface CarryLocals {
  readonly partition: Local<'i32'> | undefined;
  readonly iteration: Local<'i32'>;
  readonly address: (slot: Slot) => I32;
}

/** Writes the code of a carry before the loop. */
export function frameCarry(f: FunctionBuilder, call: ScanCall, carry: ScanCarry, locals: CarryLocals): LoopCarry {
  const { init, last, between, bytes } = carry;
  const at = (slot: Slot): Local<'i32'> => f.let(moved(locals.address(slot), locals.partition, bytes));
  if ('stack' in between)
    return stackedCarry(f, call, bytes, { init: at(init), last: at(last), stack: at(between.stack) }, locals.iteration);
  const [a, b] = [at(last), at(between.other)];
  const current = at(init);
  const [next, other] = call.length % 2 === 1 ? [a, b] : [b, a];
  return {
    current,
    next,
    advance: () => {
      f.set(current, next);
      f.set(next, other);
      f.set(other, current);
    },
  };
}

function stackedCarry(
  f: FunctionBuilder,
  { length, reverse, partitions }: ScanCall,
  bytes: number,
  { init, last, stack }: Record<'init' | 'last' | 'stack', Local<'i32'>>,
  iteration: Local<'i32'>,
): LoopCarry {
  const step = (reverse ? -1 : 1) * partitions * bytes;
  const current = f.let(i32.add(stack, i32.const(reverse ? (length - 1) * partitions * bytes : 0)));
  const next = f.let(length === 1 ? last : i32.add(current, i32.const(step)));
  f.add(memory.copy(current, init, i32.const(bytes)));
  return {
    current,
    next,
    advance: () => {
      f.set(current, next);
      f.set(next, i32.select(i32.eq(iteration, i32.const(length - 2)), last, i32.add(next, i32.const(step))));
    },
  };
}

/** `at + times · bytes`. */
export function moved(at: I32, times: Local<'i32'> | undefined, bytes: number): I32 {
  return times && bytes > 0 ? i32.add(at, i32.mul(times, i32.const(bytes))) : at;
}
