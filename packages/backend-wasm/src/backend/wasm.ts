import type { Backend } from '@chainrule/compiler';
import { aBoolean, aCount, aFunction, checkOptions } from '@chainrule/errors/check';
import type { ModuleBuilder } from '../asm/index.ts';
import { BackendState } from './backendState.ts';
import { collectGarbage } from '../platform/collectGarbage.ts';
import { WasmExecutable } from './executable.ts';
import { features, requireWasm } from '../platform/features.ts';
import { hostFunctions } from '../math/hostFunctions.ts';
import type { LoweringOptions, Target } from '../kernels/common/kernel.ts';
import { scalarLanes, simdLanes } from '../lanes/lanes.ts';
import { helpersThatFit } from '../platform/addressSpace.ts';
import { cores, defaultThreads } from '../platform/cores.ts';
import { Memory } from '../runtime/memory.ts';
import type { HelperWorker } from '../runtime/startHelper.ts';
import { createPool, type ThreadPool } from '../runtime/threads.ts';
import { warnOnce } from '../platform/warnOnce.ts';

/** Options of {@link wasm} and {@link startWasm}. */
export interface WasmOptions {
  /**
   * The number of threads, including the caller's. Defaults to one for each core that the process may use, by affinity
   * and container limits, up to 8. A run never uses more threads than there are such cores.
   */
  readonly threads?: number;
  /**
   * Makes results the same on every machine, bit for bit: uses plain SIMD, and no algorithm that trades accuracy for
   * speed. Default false.
   */
  readonly reproducible?: boolean;
  /** Uses multiply-add instructions if the machine has them. Default true, unless `reproducible`. */
  readonly relaxed?: boolean;
  /** Computes four lanes at once if the machine can. Default true. */
  readonly simd?: boolean;
  /** Makes a worker that runs `workerSource`. Needed if a content security policy forbids workers from strings. */
  readonly createWorker?: () => HelperWorker;
}

/** A backend in WebAssembly. */
export interface WasmBackend extends Backend {
  /** Bytes in use now, and the most so far. */
  readonly memory: { readonly used: number; readonly peak: number };
  /** The number of threads: the caller's, and the helpers that are ready. */
  readonly threads: number;
  /** Resolves when the helpers are ready or have failed. Waiting for it is optional. */
  readonly ready: Promise<void>;
  /** Whether the code uses SIMD, and multiply-add instructions. */
  readonly simd: boolean;
  readonly relaxed: boolean;
  /** Ends the helper threads; programs continue on one thread. A backend that is collected closes itself. */
  close(): void;
}

/**
 * A backend that runs programs in WebAssembly, with code made for their shapes.
 *
 * It resolves when the helper threads are ready or have failed; a warning says why there are fewer.
 *
 * @throws OptionError for a number of threads below 1
 * @throws DeviceError if the engine lacks WebAssembly, or a content security policy forbids it
 * @throws MemoryError if the engine refuses memory, for example because the address space is limited (`ulimit -v`)
 * @example
 * const double = compile((x) => mul(x, 2), { backend: await wasm() });
 * double(tensor([1, 2])).toArray(); // => 2,4
 */
export async function wasm(options: WasmOptions = {}): Promise<WasmBackend> {
  const backend = startWasm(options);
  await backend.ready;
  return backend;
}

/**
 * Like {@link wasm}, but returns at once: programs run on the caller's thread, and helpers join when they are ready.
 * The results do not depend on which threads take part.
 *
 * @throws OptionError for a number of threads below 1
 * @throws DeviceError if the engine lacks WebAssembly, or a content security policy forbids it
 * @throws MemoryError if the engine refuses memory, for example because the address space is limited (`ulimit -v`)
 * @example
 * setDefaultBackend(() => startWasm({ threads: 2 }));
 * compile((x) => mul(x, 2))(tensor([1, 2])).toArray(); // => 2,4
 */
export function startWasm(given: WasmOptions = {}): WasmBackend {
  checkOptions('wasm', given, {
    threads: aCount,
    reproducible: aBoolean,
    relaxed: aBoolean,
    simd: aBoolean,
    createWorker: aFunction,
  });
  const { threads = defaultThreads(), reproducible = false, relaxed = true, simd = true, createWorker } = given;
  requireWasm();
  const machine = features();
  if (simd && !machine.simd) warnOnce(withoutSimd);
  const options = {
    simd: simd && machine.simd,
    relaxed: simd && relaxed && !reproducible && machine.relaxed,
    reproducible,
  };
  const memory = new Memory(threads > 1 && machine.threads, collectGarbage);
  const fitting = Math.min(threads, 1 + helpersThatFit());
  if (fitting < threads) warnOnce(fewAddresses(fitting));
  const pool = createPool({ memory, threads: fitting, active: cores(), createWorker });
  const backing = new BackendState(memory, pool, options, targetOf(options));
  dropped.register(backing, pool);
  return {
    name: 'wasm',
    memory,
    simd: options.simd,
    relaxed: options.relaxed,
    ready: pool.ready,
    get threads() {
      return pool.threads;
    },
    prepare: (program) => new WasmExecutable(program, backing),
    reclaim: async () => {
      collectGarbage();
      // Finalizers run between turns of the event loop.
      for (let iteration = 0; iteration < 3; iteration++) await new Promise((resolve) => setTimeout(resolve));
    },
    release: (variables) => variables.forEach((variable) => backing.residency.release(variable)),
    close: () => pool.close(),
  };
}

/** Ends the helpers of collected backends. */
const dropped = /* @__PURE__ */ new FinalizationRegistry<ThreadPool>((pool) => pool.close());

/** The target of code generation, by the options. */
function targetOf({ simd, relaxed, reproducible }: LoweringOptions): (module: ModuleBuilder) => Target {
  const scalar = scalarLanes();
  const vector = simd ? simdLanes(relaxed) : scalar;
  return (module) => {
    const refs = new Map(
      Object.entries(hostFunctions).map(([name, { length }]) => [
        name,
        module.import(name, new Array<'f64'>(length).fill('f64'), ['f64']),
      ]),
    );
    return { vector, scalar, relaxed, reproducible, host: (name) => refs.get(name)! };
  };
}

const fewAddresses = (threads: number): string =>
  `backend-wasm: programs run on ${threads} ${threads === 1 ? 'thread' : 'threads'}, because there are too few addresses for more; raise the limit (\`ulimit -v\`), or ask for fewer threads`;

const withoutSimd =
  'backend-wasm: programs run several times slower than they could, because this engine has no SIMD; ' +
  'use Chrome 91, Firefox 89, Safari 16.4, Node 16.4 or newer, or pass `simd: false` to go without this warning';
