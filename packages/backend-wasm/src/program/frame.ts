import { type FunctionBuilder, i32, type I32, type Local, memory } from '../asm/index.ts';
import type { ScanCall, ScanCarry, Slot } from './calls.ts';

/** What a scan's body can refer to. */
export interface ScanFrame {
  readonly call: ScanCall;
  /** The step's number in the order of the slices, and in the order of the loop. */
  readonly time: Local<'i32'>;
  readonly turn: Local<'i32'>;
  /** The number of the part that a thread does by itself, if the scan is cut into parts. */
  readonly part: Local<'i32'> | undefined;
  readonly carries: readonly FrameCarry[];
  readonly outer: ScanFrame | undefined;
}

/** The addresses of a carry in a step, and the code that makes them those of the next step. */
export interface FrameCarry {
  readonly current: Local<'i32'>;
  readonly next: Local<'i32'>;
  readonly advance: () => void;
}

/** The number of a part, the turn of the loop, and where something of that part lies. */
export interface FrameParts {
  readonly part: Local<'i32'> | undefined;
  readonly turn: Local<'i32'>;
  readonly address: (slot: Slot) => I32;
}

/** Writes what comes before the loop; `copies` puts the first value where steps look for it. */
export function frameCarry(f: FunctionBuilder, call: ScanCall, carry: ScanCarry, parts: FrameParts, copies: (copy: () => void) => void): FrameCarry {
  const { init, last, between, bytes } = carry;
  const at = (slot: Slot): Local<'i32'> => f.let(moved(parts.address(slot), parts.part, bytes));
  if ('stack' in between) return stackedCarry(f, call, bytes, { init: at(init), last: at(last), stack: at(between.stack) }, parts.turn, copies);
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

function stackedCarry(f: FunctionBuilder, { length, reverse, parts }: ScanCall, bytes: number, { init, last, stack }: Record<'init' | 'last' | 'stack', Local<'i32'>>, turn: Local<'i32'>, copies: (copy: () => void) => void): FrameCarry {
  const step = (reverse ? -1 : 1) * parts * bytes;
  const current = f.let(i32.add(stack, i32.const(reverse ? (length - 1) * parts * bytes : 0)));
  const next = f.let(length === 1 ? last : i32.add(current, i32.const(step)));
  copies(() => f.add(memory.copy(current, init, i32.const(bytes))));
  return {
    current,
    next,
    advance: () => {
      f.set(current, next);
      f.set(next, i32.select(i32.eq(turn, i32.const(length - 2)), last, i32.add(next, i32.const(step))));
    },
  };
}

/** So many times `bytes` further. */
export function moved(at: I32, times: Local<'i32'> | undefined, bytes: number): I32 {
  return times && bytes > 0 ? i32.add(at, i32.mul(times, i32.const(bytes))) : at;
}
