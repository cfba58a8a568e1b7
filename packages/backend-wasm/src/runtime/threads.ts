import { MemoryError } from '@chainrule/errors';
import { hostFunctions } from '../math/hostFunctions.ts';
import { warnOnce } from '../platform/warnOnce.ts';
import { control, controlBytes, lineWord, maxThreads } from './control.ts';
import { HelperLost } from './helperLost.ts';
import { Helpers } from './helpers.ts';
import type { Memory } from './memory.ts';
import { Pace } from './pace.ts';
import { unshared } from './poolMessages.ts';
import { ProgramLog } from './programLog.ts';
import type { HelperWorker } from './startHelper.ts';

/** A module that a pool has loaded. */
export interface LoadedProgram {
  readonly id: number;
  /** The caller's part of a run. */
  readonly step: (threads: number, arena: number) => void;
  readonly pace: Pace;
}

/** The caller and its helper threads, which share the work of programs. A memory has one pool. */
export interface ThreadPool {
  /** The caller, and the helpers that are ready. */
  readonly threads: number;
  /** The most threads that the pool may have. */
  readonly capacity: number;
  /** Resolves when every helper is ready or has failed, or after a timeout. Waiting for it is optional. */
  readonly ready: Promise<void>;
  /**
   * Runs `step(threads, arena)`, with the helpers or `alone`.
   *
   * @throws what the step throws; HelperLost if a helper was lost while it was computing a unit: repeat the run in
   *   other memory
   */
  run(program: LoadedProgram, arena: number, alone?: boolean): void;
  /**
   * Compiles a module, which imports `env.memory` and host functions and exports `step` and `site0`, `site1`, ….
   * Helpers compile it in the background. Until they are done, programs run without them.
   *
   * @param host - functions that only the caller's thread calls
   * @param alone - whether helpers never run the module, so that they need not compile it
   */
  load(bytes: Uint8Array<ArrayBuffer>, host?: WebAssembly.ModuleImports, alone?: boolean): LoadedProgram;
  unload(program: Pick<LoadedProgram, 'id'>): void;
  /** Ends the helpers. Later runs have one thread. */
  close(): void;
}

export interface PoolOptions {
  readonly memory: Memory;
  /** The number of threads, including the caller's; at most 32 are used. */
  readonly threads: number;
  /** The number of threads that run at once; more threads than cores would wait for each other. Default all. */
  readonly active?: number;
  /** Makes a worker that runs `workerSource`. Needed if a content security policy forbids workers from strings. */
  readonly createWorker?: (() => HelperWorker) | undefined;
  /** Microseconds that helpers spin after a job before they sleep. */
  readonly spin?: number;
  /**
   * Milliseconds for a unit of work, beyond ten times what the run took before, after which a helper counts as lost.
   */
  readonly patience?: number;
}

/** The longest sleep of a caller that waits for a helper, in milliseconds. The helper wakes it when it is done. */
const napTime = 20;

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
  readonly #helpers: Helpers;
  readonly #active: number;
  readonly #patience: number;
  readonly #mayWait: boolean;
  #programs = 0;
  /** When the run and the wait began, when the caller last checked, and how long it has waited in this run. */
  #began = 0;
  #waitBegan = 0;
  #looked = 0;
  #waited = 0;

  constructor({ memory, threads, active = Infinity, createWorker, spin = 150, patience = 5000 }: PoolOptions) {
    const wanted = Math.min(threads, maxThreads);
    this.capacity = memory.shared ? wanted : 1;
    if (this.capacity < wanted) warnOnce(unshared());
    this.#words = memory.ints(0, controlBytes / 4);
    this.#words.fill(0);
    this.#words[control.next] = 1;
    this.#imports = { memory: memory.memory, ...hostFunctions, stalled: (times: number) => this.#stalled(times) };
    this.#log = new ProgramLog(memory);
    this.#active = active;
    this.#patience = patience;
    this.#mayWait = this.capacity > 1 && mayWait(this.#words);
    this.#helpers = new Helpers(this.#words, () => this.#log.close());
    this.ready = this.#helpers.start(
      this.capacity - 1,
      active,
      { memory: memory.memory, spin: spin / 1000 },
      patience,
      createWorker,
    );
  }

  get threads(): number {
    return 1 + this.#helpers.ready.length;
  }

  run(program: LoadedProgram, arena: number, alone = false): void {
    const threads = alone ? 1 : Math.min(this.#active, 1 + Math.max(0, ...this.#helpers.ready));
    if (threads === 1) return program.step(1, arena);
    if (this.#helpers.haveRead(this.#log.count)) this.#log.clear();
    this.#began = performance.now();
    this.#waited = 0;
    if (program.pace.alone) program.step(1, arena);
    else this.#together(program, threads, arena);
    program.pace.add(this.#began, performance.now(), this.#waited);
  }

  load(bytes: Uint8Array<ArrayBuffer>, host: WebAssembly.ModuleImports = {}, alone = false): LoadedProgram {
    const { exports } = instantiate(bytes, { ...this.#imports, ...host });
    const program = { id: ++this.#programs, step: exports.step as LoadedProgram['step'], pace: new Pace() };
    if (this.#helpers.count > 0 && !alone) {
      this.#log.load(program.id, bytes);
      this.#ring();
    }
    return program;
  }

  unload({ id }: Pick<LoadedProgram, 'id'>): void {
    if (this.#log.unload(id)) this.#ring();
  }

  close(): void {
    this.#helpers.close();
  }

  #together(program: LoadedProgram, threads: number, arena: number): void {
    const words = this.#words;
    Atomics.store(words, control.program, program.id);
    Atomics.store(words, control.arena, arena);
    Atomics.store(words, control.failed, 0);
    try {
      program.step(threads, arena);
    } catch (error) {
      if (!(error instanceof HelperLost)) this.#abandon();
      throw error;
    }
    const failed = Atomics.load(words, control.failed);
    if (failed !== 0) throw this.#helpers.lose(failed, this.#message());
  }

  /** Takes all remaining units, and waits for helpers that are computing one. */
  #abandon(): void {
    const end = this.#words[control.next]! - 1;
    for (let thread = 0; thread < this.capacity; thread++) Atomics.store(this.#words, lineWord(thread, 'ticket'), end);
    for (let times = 1; this.#helpers.busy !== undefined; times++) this.#stalled(times);
  }

  /** Asks helpers to read the log. */
  #ring(): void {
    const words = this.#words;
    const job = words[control.next]!;
    words[control.next] = job + 1;
    Atomics.store(words, control.opening, job);
    Atomics.store(words, control.site, -1);
    Atomics.store(words, control.job, job);
    Atomics.notify(words, control.job);
    Atomics.notify(words, control.records);
  }

  /** Called repeatedly during a long wait. Sleeps until the helper is done, if the thread may sleep. */
  #stalled(times: number): void {
    const now = performance.now();
    if (times === 1) this.#waitBegan = this.#looked = now;
    // If the machine was suspended meanwhile, count one second.
    this.#waitBegan += Math.max(0, now - this.#looked - 1000);
    const helper = this.#helpers.busy;
    if (helper === undefined) return;
    if (this.#mayWait) {
      Atomics.store(this.#words, control.waiting, 1);
      Atomics.wait(this.#words, lineWord(helper, 'busy'), 1, napTime);
      Atomics.store(this.#words, control.waiting, 0);
    }
    const then = performance.now();
    this.#waited += then - this.#looked;
    this.#looked = then;
    const waited = then - this.#waitBegan;
    if (waited > napTime && !this.#helpers.lives(helper)) throw this.#helpers.lose(helper, 'it ended');
    if (waited > this.#patience + 10 * (this.#waitBegan - this.#began))
      throw this.#helpers.lose(helper, `no progress for ${Math.round(waited)} ms`);
  }

  #message(): string {
    const from = control.message + 1;
    return String.fromCharCode(...this.#words.subarray(from, from + this.#words[control.message]!));
  }
}

function instantiate(bytes: Uint8Array<ArrayBuffer>, env: WebAssembly.ModuleImports): WebAssembly.Instance {
  try {
    return new WebAssembly.Instance(new WebAssembly.Module(bytes), { env });
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new MemoryError(
      `backend-wasm: the code of a program must have room for ${bytes.length} bytes, got \`${cause.message}\`; drop programs, or raise the limit (\`ulimit -v\`)`,
      { cause },
    );
  }
}

/** Whether this thread may sleep: the main thread of a browser may not, and spins instead. */
function mayWait(words: Int32Array): boolean {
  try {
    Atomics.wait(words, control.waiting, 1, 0);
    return true;
  } catch {
    return false;
  }
}
