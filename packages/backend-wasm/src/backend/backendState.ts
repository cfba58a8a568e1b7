import { MemoryError } from '@chainrule/errors';
import type { ModuleBuilder } from '../asm/index.ts';
import type { LoweringOptions, Target } from '../kernels/common/kernel.ts';
import type { CompiledProgram } from '../program/compileProgram.ts';
import { largestBuffers } from '../program/explain.ts';
import { Residency, type Resident } from './residency.ts';
import type { Memory } from '../runtime/memory.ts';
import type { LoadedProgram, ThreadPool } from '../runtime/threads.ts';

/** What a program holds in memory and in the pool: nothing here may lead back to the program, which would live forever. */
export interface ProgramResources {
  readonly blocks: readonly number[];
  readonly loaded: Pick<LoadedProgram, 'id'>;
}

/** What all programs of a backend share: memory, threads, the values of variables, and one arena. */
export class BackendState {
  readonly residency: Residency;
  /** Frees what a program held that nobody holds any more. */
  readonly release: FinalizationRegistry<ProgramResources>;
  #arena: { readonly address: number; readonly bytes: number } | undefined;

  constructor(
    readonly memory: Memory,
    readonly pool: ThreadPool,
    readonly options: LoweringOptions,
    readonly target: (module: ModuleBuilder) => Target,
  ) {
    this.residency = new Residency(memory);
    this.release = new FinalizationRegistry((held) => this.free(held));
  }

  get threads(): number {
    return this.pool.capacity;
  }

  /**
   * The address of an arena that the program fits into. Programs use it one after the other: it has the size of the
   * largest.
   *
   * @throws MemoryError that names the largest buffers
   */
  reserveArena(compiled: CompiledProgram): number {
    const bytes = compiled.arenaBytes;
    if (this.#arena && this.#arena.bytes >= bytes) return this.#arena.address;
    const former = this.#arena;
    this.#arena = undefined;
    if (former) this.memory.free(former.address);
    try {
      this.#arena = { address: this.memory.allocate(bytes), bytes };
    } catch (cause) {
      if (!(cause instanceof MemoryError)) throw cause;
      throw new MemoryError(
        `backend-wasm: the arena of this program needs ${showBytes(bytes)}, more than is free; its largest buffers are ${largestBuffers(compiled)}; use a smaller batch`,
        { cause },
      );
    }
    return this.#arena.address;
  }

  /** Gives up what a run has written, which a lost helper may still write: it is freed when that thread has ended. */
  leaveMemory(assigned: readonly Resident[], ended: Promise<void>): void {
    const left = [...assigned.map(({ next }) => next), ...(this.#arena ? [this.#arena.address] : [])];
    this.#arena = undefined;
    for (const resident of assigned) resident.next = 0;
    void ended.then(() => left.forEach((address) => this.memory.free(address)));
  }

  free({ blocks, loaded }: ProgramResources): void {
    this.pool.unload(loaded);
    for (const address of blocks) this.memory.free(address);
  }
}

function showBytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
