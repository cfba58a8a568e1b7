import { byteSize, sizeOf, Tensor, type VariableLike } from '@chainrule/tensor';
import type { Memory } from '../runtime/memory.ts';

/** A variable's blocks in the backend's memory. */
interface Resident {
  current: number;
  /** Where a program writes the next value; made when one does. */
  next: number | undefined;
  /** The version of the variable that `current` holds; −1 while it holds none. */
  version: number;
  readonly bytes: number;
}

/**
 * The values of variables, for all programs of a backend. A new value goes to a second block and the blocks change places
 * when the program has ended well, so that a throw commits nothing. Blocks of variables that nobody holds are freed.
 */
export class Residency {
  readonly #residents = new WeakMap<VariableLike, Resident>();
  readonly #dropped: FinalizationRegistry<Resident>;

  constructor(private readonly memory: Memory) {
    this.#dropped = new FinalizationRegistry(({ current, next }) => {
      memory.free(current);
      if (next !== undefined) memory.free(next);
    });
  }

  /** The address of the newest value, which is copied to memory if it is not there; and of the block for the next, if there will be one. */
  ready(variable: VariableLike, assigned: boolean): readonly [current: number, next: number] {
    const resident = this.#resident(variable);
    if (resident.version !== variable.version) {
      const values = variable['~committed']['~values'];
      this.memory.bytes(resident.current, resident.bytes).set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
      resident.version = variable.version;
    }
    if (assigned) resident.next ??= this.memory.allocate(resident.bytes);
    return [resident.current, resident.next ?? 0];
  }

  /** Makes the next value the newest. */
  commit(variable: VariableLike): void {
    const resident = this.#resident(variable);
    [resident.current, resident.next] = [resident.next!, resident.current];
    const { memory } = this;
    const { shape, dtype } = variable;
    const fetch = (): Tensor => new Tensor(shape, dtype, memory.values(dtype, resident.current, sizeOf(shape)).slice());
    variable['~reside'](fetch, () => Promise.resolve(fetch()));
    resident.version = variable.version;
  }

  #resident(variable: VariableLike): Resident {
    let resident = this.#residents.get(variable);
    if (!resident) {
      const bytes = sizeOf(variable.shape) * byteSize(variable.dtype);
      resident = { current: this.memory.allocate(bytes), next: undefined, version: -1, bytes };
      this.#residents.set(variable, resident);
      this.#dropped.register(variable, resident);
    }
    return resident;
  }
}
