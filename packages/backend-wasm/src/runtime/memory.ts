import type { DType, TypedArray } from '@chainrule/tensor';
import { MemoryError, StateError } from '@chainrule/errors';
import { addressSpace, engineBytes } from '../platform/addressSpace.ts';
import { controlBytes } from './control.ts';
import { FreeList } from './freeList.ts';

const pageBytes = 65536;
const minCrowded = 2 ** 27;
/** The memory at the start, in pages: 16 MiB. */
const minPages = 256;
/** Blocks start at cache lines. Kernels may read up to a line beyond the end of a buffer. */
const line = 64;
/** Kernels compare addresses as signed numbers, so no block crosses 2 GiB. */
const middle = 2 ** 31;

/**
 * The memory of a backend, from which it allocates blocks. It starts small, grows if necessary, and never shrinks. The
 * first 4 KiB are the control block of the threads (`control.ts`).
 */
export class Memory {
  readonly memory: WebAssembly.Memory;
  /** Whether threads can see it. */
  readonly shared: boolean;
  readonly #free: FreeList = new FreeList();
  readonly #sizes = new Map<number, number>();
  #used = 0;
  #peak = 0;
  /** The number of bytes in use at which `onMemoryPressure` is called next. */
  #limit = minCrowded;

  /**
   * @param onMemoryPressure - called when the memory in use has doubled since the last call and is at least 128 MiB, because the
   *   engine does not see that the values it could collect hold memory here
   */
  constructor(
    shared: boolean,
    private readonly onMemoryPressure: () => void = () => undefined,
  ) {
    this.shared = shared;
    this.memory = largestMemory(shared);
    this.#free.give(controlBytes, pageBytes - controlBytes);
  }

  /** Bytes of the blocks in use, and the most so far. */
  get used(): number {
    return this.#used;
  }

  get peak(): number {
    return this.#peak;
  }

  /**
   * Allocates a block at a multiple of 64, with 64 more bytes behind it. Its content is arbitrary.
   *
   * @throws MemoryError if the engine refuses more memory
   */
  allocate(bytes: number): number {
    const size = (Math.ceil(bytes / line) + 1) * line;
    let address = this.#free.take(size);
    if (address === undefined) {
      this.#grow(size, bytes);
      address = this.#free.take(size)!;
    }
    this.#sizes.set(address, size);
    this.#used += size;
    this.#peak = Math.max(this.#peak, this.#used);
    if (this.#used > this.#limit) {
      this.#limit = 2 * this.#used;
      this.onMemoryPressure();
    }
    return address;
  }

  /** @throws StateError if no block starts at `address` */
  free(address: number): void {
    const size = this.#sizes.get(address);
    if (size === undefined)
      throw new StateError(`backend-wasm: \`address\` must be that of a block in use, got ${address}`);
    this.#sizes.delete(address);
    this.#used -= size;
    this.#limit = Math.max(minCrowded, Math.min(this.#limit, 2 * this.#used));
    this.#free.give(address, size);
  }

  /** Views of the memory. They are valid until the next `allocate`, which may grow the memory. */
  floats(address: number, length: number): Float32Array {
    return new Float32Array(this.memory.buffer, address, length);
  }

  ints(address: number, length: number): Int32Array {
    return new Int32Array(this.memory.buffer, address, length);
  }

  values(dtype: DType, address: number, length: number): TypedArray {
    if (dtype === 'float32') return this.floats(address, length);
    if (dtype === 'int32') return this.ints(address, length);
    return dtype === 'float64' ? new Float64Array(this.memory.buffer, address, length) : this.bytes(address, length);
  }

  bytes(address: number, length: number): Uint8Array {
    return new Uint8Array(this.memory.buffer, address, length);
  }

  /** Grows the memory just enough for a block of `size`. */
  #grow(size: number, bytes: number): void {
    const end = this.memory.buffer.byteLength;
    const last = this.#free.blocks.at(-1);
    let start = last && last.address + last.size === end ? last.address : end;
    if (start < middle && start + size > middle - line) start = Math.max(end, middle);
    const pages = Math.ceil((start + size - end) / pageBytes);
    try {
      this.memory.grow(pages);
    } catch {
      throw new MemoryError(
        `backend-wasm: memory must have room for ${bytes} bytes more, got none from the engine beside ${this.#used} in use and ${end - this.#used} free but in pieces; ` +
          'use a smaller batch, or drop programs and tensors',
      );
    }
    this.#give(end, end + pages * pageBytes);
  }

  /** A gap below 2 GiB keeps the free blocks on its two sides apart. */
  #give(start: number, end: number): void {
    if (start < middle && end > middle - line) {
      if (start < middle - line) this.#free.give(start, middle - line - start);
      if (end > middle) this.#free.give(middle, end - middle);
    } else this.#free.give(start, end - start);
  }
}

/**
 * Creates a memory that may grow as far as the engine allows. Engines reserve all addresses up to the maximum, or more,
 * and may refuse.
 */
function largestMemory(shared: boolean): WebAssembly.Memory {
  const most = Math.min(65536, Math.floor((addressSpace() - engineBytes) / pageBytes));
  for (let maximum = Math.max(most, minPages); ; maximum = Math.max(maximum >>> 1, minPages)) {
    try {
      return new WebAssembly.Memory({ initial: 1, maximum, shared });
    } catch (cause) {
      if (maximum > minPages) continue;
      throw new MemoryError(
        "wasm: must have addresses for WebAssembly's memory, got none from the engine, which may reserve 10 GiB; " +
          'raise the limit (`ulimit -v`), in Node pass `--disable-wasm-trap-handler`, or use `reference()` from `@chainrule/compiler`',
        { cause },
      );
    }
  }
}
