import { hostFunctions } from '../host.ts';
import { warnOnce } from '../warnOnce.ts';
import { abort, control, controlBytes, doneStride, mostHelpers, napTime } from './control.ts';
import { type HelperStart, type HelperWorker, startHelper } from './startHelper.ts';
import type { Memory } from './memory.ts';
import { cannotStart, lost, trapped, unshared } from './poolMessages.ts';
import { ProgramLog } from './programLog.ts';

/** A program's share of one thread; `arena` is an address that it is given. */
type Step = (thread: number, threads: number, arena: number) => void;

/** A module in the hands of a pool. */
export interface LoadedProgram {
  readonly id: number;
  readonly step: Step;
}

/** The caller and its helper threads, which run programs together. A memory has one pool. */
export interface ThreadPool {
  /** Threads that are there: the caller, and the helpers that are ready. Runs have fewer while helpers load programs. */
  readonly threads: number;
  /** The most threads that a run may have, ever. */
  readonly capacity: number;
  /** When every helper is ready or has failed, or patience has run out; nobody needs to wait. */
  readonly ready: Promise<void>;
  /** Whether a helper died or stalled. A thread in the middle of a step may have left anything in memory: no more runs. */
  readonly dead: boolean;
  /**
   * Runs `step(thread, threads, arena)` on every thread, or on the caller's `alone`, and returns when all have.
   *
   * @throws what the caller's share throws; DeviceError where a helper's share throws, and where the pool is dead
   */
  run(program: LoadedProgram, arena: number, alone?: boolean): void;
  /**
   * Compiles a module, which imports `env.memory` and host functions and exports `step`. Helpers compile it in the
   * background: until they have, programs run without them.
   *
   * @param host - functions that the caller's thread alone calls
   * @param alone - helpers never run it, and need not know of it
   */
  load(bytes: Uint8Array<ArrayBuffer>, host?: WebAssembly.ModuleImports, alone?: boolean): LoadedProgram;
  unload(program: Pick<LoadedProgram, 'id'>): void;
  /** Ends the helpers; what runs afterwards has one thread. */
  close(): void;
}

export interface PoolOptions {
  readonly memory: Memory;
  /** The caller included; at most 32 are used. */
  readonly threads: number;
  /** Makes a worker that runs `workerSource`, where a content security policy forbids making it from a string. */
  readonly createWorker?: (() => HelperWorker) | undefined;
  /** Microseconds that helpers spin after a step before they sleep, as long as steps follow within that time. */
  readonly spin?: number;
  /** Milliseconds without progress after which a helper counts as lost. */
  readonly patience?: number;
}

interface Helper {
  readonly index: number;
  /** Its word of `control.done`. */
  readonly done: number;
  worker?: HelperWorker;
}

/** Turns of waiting for a helper's end between two calls of `stalled`; some 100 µs. */
const turnsPerLook = 2 ** 16;

/** Starts a pool. It works at once with one thread; helpers join when they are ready. */
export function createPool(options: PoolOptions): ThreadPool {
  return new Pool(options);
}

class Pool implements ThreadPool {
  readonly capacity: number;
  readonly ready: Promise<void>;
  readonly #words: Int32Array;
  readonly #imports: WebAssembly.ModuleImports;
  readonly #log: ProgramLog;
  readonly #spin: number;
  readonly #patience: number;
  readonly #mayWait: boolean;
  #helpers: Helper[];
  #programs = 0;
  #generation = 1;
  #lost: string | undefined;
  #warned = false;
  #ended = -Infinity;
  #waited = 0;
  #looked = 0;

  constructor({ memory, threads, createWorker, spin = 150, patience = 5000 }: PoolOptions) {
    const wanted = Math.min(threads - 1, mostHelpers);
    const count = memory.shared ? wanted : 0;
    if (count < wanted) warnOnce(unshared());
    this.#words = memory.ints(0, controlBytes / 4);
    this.#words.fill(0);
    this.#words[control.generation] = this.#generation;
    this.#imports = { memory: memory.memory, ...hostFunctions, stalled: (times: number) => this.#stalled(times) };
    this.#log = new ProgramLog(memory);
    this.#spin = spin / 1000;
    this.#patience = patience;
    this.#mayWait = count > 0 && mayWait(this.#words);
    this.#helpers = Array.from({ length: count }, (_, index) => ({ index, done: control.done + doneStride * index }));
    this.capacity = count + 1;
    this.ready = Promise.all(this.#helpers.map((helper) => this.#start(helper, { memory: memory.memory, helper: helper.index, spin: this.#spin }, createWorker))).then(() => undefined);
  }

  get threads(): number {
    return 1 + this.#helpers.filter(({ done }) => Atomics.load(this.#words, done) !== 0).length;
  }

  get dead(): boolean {
    return this.#lost !== undefined;
  }

  run(program: LoadedProgram, arena: number, alone = false): void {
    if (this.#lost !== undefined) throw lost(this.#lost);
    const team = alone ? [] : this.#idle();
    if (team.length === 0) return program.step(0, 1, arena);
    if (team.length === this.#helpers.length) this.#log.clear();
    const words = this.#words;
    const threads = team.length + 1;
    words[control.program] = program.id;
    words[control.arena] = arena;
    words[control.threads] = threads;
    words[control.soon] = performance.now() - this.#ended < this.#spin ? 1 : 0;
    words[control.arrived] = 0;
    words[control.abort] = abort.none;
    this.#command(team.reduce((bits, { index }) => bits | (1 << index), 0));
    const [failed, error] = this.#own(program, threads, arena);
    for (const { done } of team) this.#join(done);
    this.#ended = performance.now();
    if (words[control.abort] === abort.helper) throw trapped(this.#message());
    if (failed) throw error;
  }

  load(bytes: Uint8Array<ArrayBuffer>, host: WebAssembly.ModuleImports = {}, alone = false): LoadedProgram {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), { env: { ...this.#imports, ...host } });
    const program = { id: ++this.#programs, step: exports.step as Step };
    if (this.#helpers.length > 0 && !alone) {
      this.#log.load(program.id, bytes);
      this.#command(0);
    }
    return program;
  }

  unload({ id }: Pick<LoadedProgram, 'id'>): void {
    if (this.#log.unload(id)) this.#command(0);
  }

  close(): void {
    const helpers = this.#helpers;
    this.#helpers = [];
    for (const { worker } of helpers) void worker?.terminate();
    this.#log.close();
  }

  /** The helpers that have dealt with every command, and so with every program. */
  #idle(): Helper[] {
    return this.#helpers.filter(({ done }) => Atomics.load(this.#words, done) === this.#generation);
  }

  #command(team: number): void {
    this.#words[control.team] = team;
    this.#generation = (this.#generation + 1) | 0 || 1;
    Atomics.store(this.#words, control.generation, this.#generation);
    // A helper says that it sleeps before it looks at the generation for the last time: none is missed.
    if (Atomics.load(this.#words, control.sleepers) !== 0) Atomics.notify(this.#words, control.generation);
  }

  /** The caller's share. Where it throws, helpers leave the barriers that it will not reach. */
  #own(program: LoadedProgram, threads: number, arena: number): [failed: boolean, error?: unknown] {
    try {
      program.step(0, threads, arena);
      return [false];
    } catch (error) {
      if (this.dead) throw error;
      Atomics.compareExchange(this.#words, control.abort, abort.none, abort.caller);
      return [true, error];
    }
  }

  #join(done: number): void {
    for (let turns = 1, looks = 0; Atomics.load(this.#words, done) !== this.#generation; turns++) {
      if (turns % turnsPerLook === 0) this.#stalled(++looks);
    }
  }

  /** Called again and again while the caller waits for long. A machine that slept meanwhile counts as a second. */
  #stalled(times: number): void {
    if (this.#mayWait) Atomics.wait(this.#words, control.never, 0, napTime);
    const now = performance.now();
    this.#waited = times === 1 ? 0 : this.#waited + Math.min(now - this.#looked, 1000);
    this.#looked = now;
    if (this.#waited < this.#patience) return;
    this.#die(`no progress for ${Math.round(this.#waited)} ms`);
    throw lost(this.#lost!);
  }

  #die(reason: string): void {
    this.#lost = reason;
    Atomics.store(this.#words, control.abort, abort.caller);
    this.close();
  }

  #start(helper: Helper, start: HelperStart, createWorker: PoolOptions['createWorker']): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.#patience);
      const settle = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const leave = (reason: string): void => {
        settle();
        if (!this.#helpers.includes(helper)) return;
        if (Atomics.load(this.#words, helper.done) !== 0) return this.#die(reason);
        this.#helpers = this.#helpers.filter((other) => other !== helper);
        if (this.#helpers.length === 0) this.#log.close();
        warnOnce(cannotStart(reason));
      };
      try {
        helper.worker = startHelper(start, { ready: settle, lost: leave }, createWorker);
      } catch (error) {
        leave(String(error));
      }
    });
  }

  #message(): string {
    const from = control.message + 1;
    return String.fromCharCode(...this.#words.subarray(from, from + this.#words[control.message]!));
  }

  #warn(message: string): void {
    // eslint-disable-next-line no-console -- a warning, and nowhere else to put it
    if (!this.#warned) console.warn(message);
    this.#warned = true;
  }
}

/** Not on the main thread of a browser, which spins instead. */
function mayWait(words: Int32Array): boolean {
  try {
    Atomics.wait(words, control.never, 0, 0);
    return true;
  } catch {
    return false;
  }
}
