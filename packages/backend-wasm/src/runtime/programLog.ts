import { control, controlBytes, record } from './control.ts';
import type { Memory } from './memory.ts';

/** The caller's side of the log that tells helpers about programs. */
export class ProgramLog {
  readonly #memory: Memory;
  readonly #control: Int32Array;
  /** Addresses of the records in the log. */
  #records: number[] = [];
  #count = 0;
  /** Memory for the records that drop programs, allocated in advance, so that freeing memory never fails. */
  readonly #drops = new Map<number, number>();

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#control = memory.ints(0, controlBytes / 4);
  }

  /** The number of records so far. */
  get count(): number {
    return this.#count;
  }

  /** @throws MemoryError */
  load(program: number, bytes: Uint8Array): void {
    const drop = this.#memory.allocate(record.header);
    try {
      const at = this.#memory.allocate(record.header + bytes.length);
      this.#memory.bytes(at + record.header, bytes.length).set(bytes);
      this.#append(at, program, bytes.length);
      this.#drops.set(program, drop);
    } catch (error) {
      this.#memory.free(drop);
      throw error;
    }
  }

  /** Tells helpers to drop the program; false if they do not know it. */
  unload(program: number): boolean {
    const drop = this.#drops.get(program);
    if (drop === undefined) return false;
    this.#drops.delete(program);
    this.#append(drop, program, 0);
    return true;
  }

  /** Frees the records; every helper must have read them and be idle. */
  clear(): void {
    if (this.#records.length === 0) return;
    Atomics.store(this.#control, control.log, 0);
    for (const at of this.#records) this.#memory.free(at);
    this.#records = [];
  }

  /** Frees everything, after the last helper is gone. */
  close(): void {
    this.clear();
    for (const at of this.#drops.values()) this.#memory.free(at);
    this.#drops.clear();
  }

  #append(at: number, program: number, bytes: number): void {
    const words = this.#words(at);
    words[record.next] = 0;
    words[record.number] = ++this.#count;
    words[record.program] = program;
    words[record.bytes] = bytes;
    const last = this.#records.at(-1);
    if (last === undefined) Atomics.store(this.#control, control.log, at);
    else Atomics.store(this.#words(last), record.next, at);
    this.#records.push(at);
    Atomics.store(this.#control, control.records, this.#count);
  }

  #words(address: number): Int32Array {
    return this.#memory.ints(address, record.header / 4);
  }
}
