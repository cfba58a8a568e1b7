import { Tensor } from '@chainrule/tensor';
import { byteSize, sizeOf, type VariableLike } from '@chainrule/tensor/graph';
import type { Memory } from '../runtime/memory.ts';

/**
 * The blocks of a variable in the backend's memory. It must not refer to the variable, which would then live as long as
 * a program.
 */
export interface Resident {
  /** The address of the block with the value. 0 before the first run and after `release`. */
  current: number;
  /** Where a program writes the next value; 0 until one assigns it. */
  next: number;
  /** The version of the variable that `current` holds. −1 if `current` holds no value. */
  version: number;
  readonly bytes: number;
  /** A copy of the value. */
  readonly fetch: () => Tensor;
  readonly read: () => Promise<Tensor>;
}

/**
 * The values of variables, for all programs of a backend. A program writes the new value to a second block, and the
 * blocks are swapped when the program succeeds, so that an error commits nothing. The blocks of collected variables are
 * freed.
 */
export class Residency {
  readonly #residents = new WeakMap<VariableLike, Resident>();
  readonly #dropped: FinalizationRegistry<Resident>;
  readonly #memory: Memory;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#dropped = new FinalizationRegistry((resident) => this.#free(resident));
  }

  /** The variable's blocks: two if a program assigns it. */
  of(variable: VariableLike, assigned: boolean): Resident {
    let resident = this.#residents.get(variable);
    if (!resident) {
      resident = this.#make(variable);
      this.#residents.set(variable, resident);
      this.#dropped.register(variable, resident);
    }
    this.reserve(resident, assigned);
    return resident;
  }

  /** Copies the value back to the variable and frees its memory. The next run that needs the value copies it again. */
  release(variable: VariableLike): void {
    const resident = this.#residents.get(variable);
    if (!resident) return;
    if (resident.version === variable.version) variable['~commit'](variable['~committed']);
    this.#free(resident);
  }

  /** Allocates missing blocks: for the value, and for the next value if a run assigns it. */
  reserve(resident: Resident, assigned: boolean): void {
    if (resident.current === 0) resident.current = this.#memory.allocate(resident.bytes);
    if (assigned && resident.next === 0) resident.next = this.#memory.allocate(resident.bytes);
  }

  /** Copies the newest value to memory unless it is there. */
  update(variable: VariableLike, resident: Resident): void {
    if (resident.version === variable.version) return;
    const values = variable['~committed']['~values'];
    this.#memory
      .bytes(resident.current, resident.bytes)
      .set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    resident.version = variable.version;
  }

  /** Makes the next value the newest. */
  commit(variable: VariableLike, resident: Resident): void {
    [resident.current, resident.next] = [resident.next, resident.current];
    variable['~reside'](resident.fetch, resident.read);
    resident.version = variable.version;
  }

  #free(resident: Resident): void {
    for (const address of [resident.current, resident.next]) if (address !== 0) this.#memory.free(address);
    Object.assign(resident, { current: 0, next: 0, version: -1 });
  }

  #make({ shape, dtype }: VariableLike): Resident {
    const memory = this.#memory;
    const size = sizeOf(shape);
    const bytes = size * byteSize(dtype);
    const fetch = (): Tensor => new Tensor(shape, dtype, memory.values(dtype, resident.current, size).slice());
    const resident: Resident = { current: 0, next: 0, version: -1, bytes, fetch, read: () => Promise.resolve(fetch()) };
    return resident;
  }
}
