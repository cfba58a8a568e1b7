import { type Buffer } from '@chainrule/compiler';
import { atomic, type FunctionBuilder, type FunctionRef, i32, type I32, type Local, memory, ModuleBuilder } from '../asm/index.ts';
import type { Kernel, Target } from '../kernels/kernel.ts';
import { Barriers } from './barriers.ts';
import type { Call, HostCall, KernelCall, ScanCall, Slot, Storage } from './calls.ts';
import { frameCarry, moved, type ScanFrame } from './frame.ts';

/** Below this, one thread is done before two have met. */
const leastParallelMicros = 6;

/** A program whose shared kernels take less than this is done before helpers have been woken and have met often enough. */
const leastSharedMicros = 500;

/** Whether threads share a kernel's work. */
export function isParallel({ units, flops, bytes }: Kernel): boolean {
  return units > 1 && flops / 20e3 + bytes / 10e3 > leastParallelMicros;
}

/** Whether a program is worth a second thread, by what its shared kernels would take on one. */
export function paysThreads(calls: readonly Call[]): boolean {
  return sharedMicros(calls) > leastSharedMicros;
}

function sharedMicros(calls: readonly Call[], inParts = false): number {
  return calls.reduce((sum, call) => {
    if (call.kind === 'scan') return sum + call.parts * call.length * sharedMicros(call.body, call.parts > 1);
    return call.kind === 'kernel' && (inParts || isParallel(call.kernel)) ? sum + call.kernel.flops / 40e3 + call.kernel.bytes / 20e3 : sum;
  }, 0);
}

/** A counter for each thread of a call, each in a line of the cache of its own. */
const counterBytes = 64;

/** Bytes for the counters of all calls that so many threads share. */
export function countersBytes(calls: readonly Call[], threads: number): number {
  return threads > 1 ? counterBytes * threads * countShared(calls) : 0;
}

/** Calls whose work threads share; in a part of a scan there are none. */
function countShared(calls: readonly Call[]): number {
  return calls.reduce((sum, call) => {
    if (call.kind === 'scan') return sum + (call.parts > 1 ? 1 : countShared(call.body));
    return sum + (call.kind === 'kernel' && isParallel(call.kernel) ? 1 : 0);
  }, 0);
}

/** What the module of a program needs to know besides the calls. */
export interface EmitOptions {
  readonly shared: boolean;
  /** The most threads that there may be. */
  readonly threads: number;
  readonly target: (module: ModuleBuilder) => Target;
  /** Offsets of arena buffers, those inside scans included. */
  readonly offsets: ReadonlyMap<Buffer, number>;
  /** Offset of the threads' working memory in the arena, and its size for one thread. */
  readonly scratch: { readonly offset: number; readonly bytes: number };
  /** Where the addresses of variables stand, for each its block and the next one; and how many there are. */
  readonly table: number;
  readonly variables: number;
  /** Where the threads count the units that they have taken, zeros before every step: see `counterBytes`. */
  readonly counters: number;
  /** Where addresses for a host call are put. */
  readonly hostArguments: number;
  readonly barrier: (module: ModuleBuilder) => FunctionRef;
}

/**
 * The module of a program: `step(thread, threads, arena)` runs all calls in order. Every thread runs it; kernels that are
 * worth it are cut among the threads, the others are the first thread's, and barriers stand where one thread needs what
 * another wrote.
 */
export function emitProgram(calls: readonly Call[], options: EmitOptions, profile = false): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ shared: options.shared });
  const target = options.target(module);
  const host = module.import('host', ['i32'], []);
  const tick = profile ? module.import('tick', ['i32'], []) : undefined;
  const barrier = options.barrier(module);
  for (const kernel of kernelsOf(calls)) module.once(kernel.key, () => kernel.emit(module, target));
  const step = module.func(['i32', 'i32', 'i32'], [], (f, thread, threads, arena) => {
    const writer = new StepWriter(module, f, { thread, threads, arena }, options, { host, tick, barrier }, calls);
    writer.run(calls);
    writer.finish();
  });
  module.export('step', step);
  return module.bytes();
}

export function kernelsOf(calls: readonly Call[]): Kernel[] {
  return calls.flatMap((call) => (call.kind === 'kernel' ? [call.kernel] : call.kind === 'scan' ? kernelsOf(call.body) : []));
}

/** Calls of JavaScript, in the order of their numbers. */
export function hostCallsOf(calls: readonly Call[]): HostCall[] {
  return calls.flatMap((call) => (call.kind === 'host' ? [call] : call.kind === 'scan' ? hostCallsOf(call.body) : []));
}

interface StepLocals {
  readonly thread: Local<'i32'>;
  readonly threads: Local<'i32'>;
  readonly arena: Local<'i32'>;
}

interface StepRefs {
  readonly host: FunctionRef;
  readonly tick: FunctionRef | undefined;
  readonly barrier: FunctionRef;
}

class StepWriter {
  private readonly barriers: Barriers;
  private readonly variables: readonly Local<'i32'>[];
  private readonly hostNumbers: ReadonlyMap<HostCall, number>;
  private frame: ScanFrame | undefined;
  private ticks = 0;
  private site = 0;

  constructor(
    private readonly module: ModuleBuilder,
    private readonly f: FunctionBuilder,
    private readonly at: StepLocals,
    private readonly options: EmitOptions,
    private readonly refs: StepRefs,
    calls: readonly Call[],
  ) {
    this.hostNumbers = new Map(hostCallsOf(calls).map((call, i) => [call, i]));
    this.variables = Array.from({ length: 2 * options.variables }, (_, i) => f.let(i32.load(i32.const(options.table), 4 * i)));
    this.barriers = new Barriers(() => f.call(refs.barrier, [at.threads]), (buffer) => options.offsets.get(buffer));
  }

  run(calls: readonly Call[]): void {
    for (const call of calls) {
      if (call.kind === 'kernel') this.kernel(call);
      else if (call.kind === 'host') this.hostCall(call);
      else this.scan(call);
      if (this.refs.tick && !this.frame) this.tick();
    }
  }

  /** Everybody is done before the first thread returns. */
  finish(): void {
    this.barriers.now();
  }

  private tick(): void {
    this.barriers.now();
    const { f, at } = this;
    f.if(i32.eqz(at.thread), () => f.call(this.refs.tick!, [i32.const(this.ticks)]));
    this.ticks++;
  }

  private kernel({ kernel, buffers, reads, status }: KernelCall): void {
    const { f, at } = this;
    const ref = this.module.once(kernel.key, () => { throw new RangeError(`kernel ${kernel.key} was not emitted`); });
    const addresses = [...buffers.map((slot) => this.address(slot)), ...(status ? [i32.const(status.address)] : [])];
    const scratch = i32.add(at.arena, i32.add(i32.const(this.options.scratch.offset), i32.mul(at.thread, i32.const(this.options.scratch.bytes))));
    const call = (begin: I32, end: I32): void => f.call(ref, [...addresses, scratch, begin, end]);
    if (this.frame?.part) return call(i32.const(0), i32.const(kernel.units));
    const parallel = isParallel(kernel);
    this.barriers.before(buffers.slice(0, reads), buffers.slice(reads), parallel);
    if (parallel) this.shared(kernel.units, call);
    else f.if(i32.eqz(at.thread), () => call(i32.const(0), i32.const(kernel.units)));
  }

  /**
   * Each thread has a share of the units, of which it takes one after the other, and when it is done takes from those of
   * the others: a thread that is held up holds nobody up. Every thread looks once too often at every share, so that a
   * share's counter grows by its size and the number of threads each time that the call is made.
   */
  private shared(units: number, call: (begin: I32, end: I32) => void): void {
    const { f, at } = this;
    const counters = this.options.counters + this.site++ * counterBytes * this.options.threads;
    const [tried, victim, begin, size, taken] = f.locals('i32', 5) as [Local<'i32'>, Local<'i32'>, Local<'i32'>, Local<'i32'>, Local<'i32'>];
    const bound = (part: I32): I32 => i32.divU(i32.mul(part, i32.const(units)), at.threads);
    f.if(i32.leU(at.threads, i32.const(1)), () => call(i32.const(0), i32.const(units)), () => {
      f.for(tried, 0, at.threads, 1, () => {
        f.set(victim, i32.remU(i32.add(at.thread, tried), at.threads));
        f.set(begin, bound(victim));
        f.set(size, i32.sub(bound(i32.add(victim, i32.const(1))), begin));
        f.loop((again) => {
          const counted = atomic.add(i32.add(i32.const(counters), i32.mul(victim, i32.const(counterBytes))), i32.const(1));
          f.set(taken, i32.sub(counted, i32.mul(this.turns(), i32.add(size, at.threads))));
          f.if(i32.ltS(taken, size), () => {
            f.set(taken, i32.add(begin, taken));
            call(taken, i32.add(taken, i32.const(1)));
            f.br(again);
          });
        });
      });
    });
  }

  /** How often the calls of the body around have been made in this step. */
  private turns(): I32 {
    let turns: I32 = i32.const(0);
    const frames: ScanFrame[] = [];
    for (let { frame } = this; frame; frame = frame.outer) frames.unshift(frame);
    for (const { turn, call } of frames) turns = i32.add(i32.mul(turns, i32.const(call.length)), turn);
    return turns;
  }

  /** JavaScript finds the addresses of inputs and outputs in memory. */
  private hostCall(call: HostCall): void {
    const { f, at, options } = this;
    this.barriers.before(call.inputs, call.outputs, false);
    f.if(i32.eqz(at.thread), () => {
      [...call.inputs, ...call.outputs].forEach((slot, i) => f.add(i32.store(i32.const(options.hostArguments), this.address(slot), 4 * i)));
      f.call(this.refs.host, [i32.const(this.hostNumbers.get(call)!)]);
    });
  }

  /** Threads meet in every step, or share parts of the rows, each of which one thread takes through all steps. */
  private scan(call: ScanCall): void {
    const { f } = this;
    if (call.length === 0) return this.copyCarries(call);
    this.barriers.before(call.reads, call.writes, true);
    if (call.parts === 1) return this.steps(call, undefined);
    const part = f.local('i32');
    this.shared(call.parts, (begin, end) => f.for(part, begin, end, 1, () => this.steps(call, part)));
  }

  private steps(call: ScanCall, part: Local<'i32'> | undefined): void {
    const { f, at } = this;
    const [time, turn] = f.locals('i32', 2) as [Local<'i32'>, Local<'i32'>];
    const once = (copy: () => void): void => (part ? copy() : f.if(i32.eqz(at.thread), copy));
    const carries = call.carries.map((carry) => frameCarry(f, call, carry, { part, turn, address: (slot) => this.address(slot) }, once));
    if (!part) this.barriers.now();
    f.for(turn, 0, call.length, 1, () => {
      f.set(time, call.reverse ? i32.sub(i32.const(call.length - 1), turn) : turn);
      this.frame = { time, turn, carries, call, part, outer: this.frame };
      this.run(call.body);
      this.frame = this.frame.outer;
      if (!part) this.barriers.now();
      for (const { advance } of carries) advance();
    });
  }

  private copyCarries(call: ScanCall): void {
    const { f, at } = this;
    this.barriers.before(call.reads, call.writes, false);
    f.if(i32.eqz(at.thread), () => {
      for (const { init, last, bytes } of call.carries) f.add(memory.copy(this.address(last), this.address(init), i32.const(call.parts * bytes)));
    });
  }

  private address({ storage, offset }: Slot): I32 {
    const base = this.base(storage);
    return typeof base === 'number' ? i32.const(base + offset) : offset === 0 ? base : i32.add(base, i32.const(offset));
  }

  private base(storage: Storage): I32 | number {
    const { options } = this;
    switch (storage.kind) {
      case 'constant':
        return storage.address;
      case 'arena': {
        const at = i32.add(this.at.arena, i32.const(options.offsets.get(storage)!));
        return this.frame?.call.offsets.has(storage) ? moved(at, this.frame.part, this.frame.call.scratchBytes) : at;
      }
      case 'carry': {
        const { current, next } = this.frame!.carries[storage.index]!;
        return storage.next ? next : current;
      }
      case 'slice': {
        const { time, part } = this.frame!;
        return moved(moved(this.outside(() => this.address(storage.of)), time, storage.step), part, storage.part);
      }
      case 'variable':
        return this.variables[2 * storage.index + (storage.next ? 1 : 0)]!;
    }
  }

  /** A slice's whole lies in the storage of the loop around. */
  private outside<T>(read: () => T): T {
    const { frame } = this;
    this.frame = frame!.outer;
    const value = read();
    this.frame = frame;
    return value;
  }
}
