import type { Buffer } from '@chainrule/compiler/backend';
import {
  type FunctionBuilder,
  type FunctionRef,
  i32,
  type I32,
  type Local,
  memory,
  ModuleBuilder,
} from '../asm/index.ts';
import type { Target } from '../kernels/common/kernel.ts';
import { type Jobs, takeUnits } from '../runtime/jobs.ts';
import { Barriers } from './barriers.ts';
import type { Call, HostCall, KernelCall, ScanCall, Slot, Storage } from './calls.ts';
import { frameCarry, moved, reloadFrame, type ScanFrame, storeFrame } from './frame.ts';
import { hasShared, hostCallsOf, isParallel, kernelsOf } from './work.ts';

/** The most calls in one function. Engines limit the size of functions, and compile large ones slowly. */
const maxCalls = 512;

/** Everything that the module of a program depends on, apart from the calls. */
export interface EmitOptions {
  readonly shared: boolean;
  /** The most threads that run the program. */
  readonly threads: number;
  readonly target: (module: ModuleBuilder) => Target;
  /** Offsets of arena buffers, those inside scans included. */
  readonly offsets: ReadonlyMap<Buffer, number>;
  /** The working memory of the threads: its offset in the arena, and the bytes of one thread. */
  readonly scratch: { readonly offset: number; readonly bytes: number };
  /** Address of the table of variables. It has two addresses for each: the current block and the next. */
  readonly table: number;
  /** Where the module writes the addresses for a host call. */
  readonly hostArguments: number;
  /** For each scan, a block of `frameBytes` in which helpers find its step and the addresses of its carries. */
  readonly frames: ReadonlyMap<ScanCall, number>;
  readonly jobs: (module: ModuleBuilder, capacity: number) => Jobs;
}

/**
 * Emits the module of a program. The caller runs `step(threads, arena)`: all calls in order. Large kernels, and
 * partitioned scans, are jobs: `site<number>(thread, threads, job, arena)` takes units of a job until none are left.
 * The caller waits for helpers before a call that needs the results of a job.
 */
export function emitProgram(calls: readonly Call[], options: EmitOptions, profile = false): Uint8Array<ArrayBuffer> {
  const module = new ModuleBuilder({ shared: options.shared });
  const target = options.target(module);
  const host = module.import('host', ['i32'], []);
  const tick = profile ? module.import('tick', ['i32'], []) : undefined;
  const jobs = options.jobs(module, options.threads);
  for (const kernel of kernelsOf(calls)) module.once(kernel.key, () => kernel.emit(module, target));
  const numbers = new Map(hostCallsOf(calls).map((call, i) => [call, i]));
  let writer: StepWriter | undefined;
  const sections: FunctionRef[] = [];
  for (let from = 0; from === 0 || from < calls.length; from += maxCalls) {
    sections.push(
      module.func(['i32', 'i32'], [], (f, threads, arena) => {
        const at = { thread: undefined, threads, arena };
        writer = writer?.continueIn(f, at) ?? new StepWriter(module, f, at, options, { host, tick, jobs }, numbers);
        writer.run(calls.slice(from, from + maxCalls));
        if (from + maxCalls >= calls.length) writer.finish();
      }),
    );
  }
  const step =
    sections.length === 1
      ? sections[0]!
      : module.func(['i32', 'i32'], [], (f, ...params) => sections.forEach((section) => f.call(section, params)));
  module.export('step', step);
  return module.bytes();
}

interface StepLocals {
  /** The thread that runs the function. Undefined in `step`, which only thread 0 runs. */
  readonly thread: Local<'i32'> | undefined;
  readonly threads: Local<'i32'>;
  readonly arena: Local<'i32'>;
}

interface StepRefs {
  readonly host: FunctionRef;
  readonly tick: FunctionRef | undefined;
  readonly jobs: Jobs;
}

/** Runs the units `begin` up to but not including `end` of a job. */
type UnitsWriter = (writer: StepWriter, begin: I32, end: I32) => void;

/** Writes the code of `step`, or of a job. */
class StepWriter {
  private readonly barriers: Barriers;
  private frame: ScanFrame | undefined;
  private ticks = 0;
  private sites = 0;

  constructor(
    private readonly module: ModuleBuilder,
    private f: FunctionBuilder,
    private at: StepLocals,
    private readonly options: EmitOptions,
    private readonly refs: StepRefs,
    private readonly hostNumbers: ReadonlyMap<HostCall, number>,
  ) {
    this.barriers = new Barriers(
      () => refs.jobs.wait(this.f, this.at.threads),
      (buffer) => options.offsets.get(buffer),
    );
  }

  /** Continues in another function. */
  continueIn(f: FunctionBuilder, at: StepLocals): this {
    this.f = f;
    this.at = at;
    return this;
  }

  run(calls: readonly Call[]): void {
    for (const call of calls) {
      if (call.kind === 'kernel') this.kernel(call);
      else if (call.kind === 'host') this.hostCall(call);
      else this.scan(call);
      if (this.refs.tick && !this.frame) this.tick();
    }
  }

  /** Waits for all jobs before the step returns. */
  finish(): void {
    this.barriers.now();
  }

  private tick(): void {
    this.barriers.now();
    this.f.call(this.refs.tick!, [i32.const(this.ticks++)]);
  }

  private kernel(call: KernelCall): void {
    const { kernel, buffers, reads } = call;
    const [first, last] = [i32.const(0), i32.const(kernel.units)];
    if (this.frame?.partition) return this.callKernel(call, first, last);
    const parallel = isParallel(kernel);
    this.barriers.before(buffers.slice(0, reads), buffers.slice(reads), parallel);
    if (parallel) this.share(kernel.units, (writer, begin, end) => writer.callKernel(call, begin, end));
    else this.callKernel(call, first, last);
  }

  private callKernel({ kernel, buffers, status }: KernelCall, begin: I32, end: I32): void {
    const { scratch } = this.options;
    const ref = this.module.once(kernel.key, () => {
      throw new RangeError(`kernel ${kernel.key} was not emitted`);
    });
    const addresses = [...buffers.map((slot) => this.address(slot)), ...(status ? [i32.const(status.address)] : [])];
    const working = moved(i32.add(this.at.arena, i32.const(scratch.offset)), this.at.thread, scratch.bytes);
    this.f.call(ref, [...addresses, working, begin, end]);
  }

  /** Makes a job: a function that the caller calls, and helpers call when they see the job. */
  private share(units: number, write: UnitsWriter): void {
    const { f, at, module, options, refs } = this;
    if (options.threads === 1) return write(this, i32.const(0), i32.const(units));
    const number = this.sites++;
    const site = module.func(['i32', 'i32', 'i32', 'i32'], [], (inner, thread, threads, job, arena) => {
      const writer = new StepWriter(module, inner, { thread, threads, arena }, options, refs, this.hostNumbers);
      writer.frame = reloadFrame(inner, this.frame);
      takeUnits(inner, { thread, threads, job }, units, (begin, end) => write(writer, begin, end));
    });
    module.export(`site${number}`, site);
    f.call(site, [i32.const(0), at.threads, refs.jobs.open(number, units, at.threads), at.arena]);
  }

  /** Writes the addresses of inputs and outputs to memory for JavaScript. */
  private hostCall(call: HostCall): void {
    const { f, options } = this;
    this.barriers.before(call.inputs, call.outputs, false);
    [...call.inputs, ...call.outputs].forEach((slot, i) =>
      f.add(i32.store(i32.const(options.hostArguments), this.address(slot), 4 * i)),
    );
    f.call(this.refs.host, [i32.const(this.hostNumbers.get(call)!)]);
  }

  /**
   * Either the kernels of each step are jobs, or the scan is one job, whose units are row
   * partitions through all steps.
   */
  private scan(call: ScanCall): void {
    if (call.length === 0) return this.copyCarries(call);
    this.barriers.before(call.reads, call.writes, call.partitions > 1);
    if (call.partitions === 1) return this.steps(call, undefined);
    this.share(call.partitions, (writer, begin, end) => writer.partitions(call, begin, end));
  }

  private partitions(call: ScanCall, begin: I32, end: I32): void {
    const partition = this.f.local('i32');
    this.f.for(partition, begin, end, 1, () => this.steps(call, partition));
  }

  private steps(call: ScanCall, partition: Local<'i32'> | undefined): void {
    const { f } = this;
    const [time, iteration] = f.locals('i32', 2);
    const carries = call.carries.map((carry) =>
      frameCarry(f, call, carry, { partition, iteration, address: (slot) => this.address(slot) }),
    );
    f.for(iteration, 0, call.length, 1, () => {
      f.set(time, call.reverse ? i32.sub(i32.const(call.length - 1), iteration) : iteration);
      this.frame = { time, carries, call, partition, outer: this.frame, block: this.options.frames.get(call) };
      if (!partition && hasShared(call.body)) storeFrame(f, this.frame);
      this.run(call.body);
      this.frame = this.frame.outer;
      if (!partition) this.barriers.now();
      for (const { advance } of carries) advance();
    });
  }

  private copyCarries(call: ScanCall): void {
    this.barriers.before(call.reads, call.writes, false);
    for (const { init, last, bytes } of call.carries)
      this.f.add(memory.copy(this.address(last), this.address(init), i32.const(call.partitions * bytes)));
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
        return this.frame?.call.offsets.has(storage)
          ? moved(at, this.frame.partition, this.frame.call.scratchBytes)
          : at;
      }
      case 'carry': {
        const { current, next } = this.frame!.carries[storage.index]!;
        return storage.next ? next : current;
      }
      case 'slice': {
        const { time, partition } = this.frame!;
        return moved(
          moved(
            this.outside(() => this.address(storage.of)),
            time,
            storage.step,
          ),
          partition,
          storage.partition,
        );
      }
      case 'variable':
        return i32.load(i32.const(options.table), 4 * (2 * storage.index + (storage.next ? 1 : 0)));
    }
  }

  /** Evaluates `read` in the enclosing frame, in which the buffer of a slice lies. */
  private outside<T>(read: () => T): T {
    const { frame } = this;
    this.frame = frame!.outer;
    const value = read();
    this.frame = frame;
    return value;
  }
}
