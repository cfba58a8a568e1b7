import { MemoryError } from '@chainrule/errors';
import type { ModuleBuilder } from '../asm/index.ts';
import type { LoweringOptions, Target } from '../kernels/common/kernel.ts';
import type { CompiledProgram } from '../program/compileProgram.ts';
import { largestBuffers } from '../program/explain.ts';
import { Residency, type Resident } from './residency.ts';
import type { Memory } from '../runtime/memory.ts';
import type { LoadedProgram, ThreadPool } from '../runtime/threads.ts';

/** The memory blocks and the module of a program. It must not refer to the program, which could then never be collected. */
export interface ProgramResources {
  readonly blocks: readonly number[];
  readonly loaded: Pick<LoadedProgram, 'id'>;
}

/** The state that all programs of a backend share: memory, threads, the values of variables, and one arena. */
export class BackendState {
  readonly residency: Residency;
  /** Frees the resources of programs that have been collected. */
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
   * The address of an arena that is large enough for the program. All programs use the same arena, one after the other.
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

  /** Abandons the memory of a run, to which a lost helper may still write. It is freed when that thread has ended. */
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
