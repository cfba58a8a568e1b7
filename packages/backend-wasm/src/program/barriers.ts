import type { Buffer } from '@chainrule/compiler/backend';
import type { Slot, Storage } from './calls.ts';

interface MemoryRange {
  readonly from: number;
  readonly to: number;
  readonly buffer: Storage;
  readonly writes: boolean;
}

/** After this many accesses, a barrier is cheaper than a search for conflicts. */
const maxRanges = 256;

/**
 * Emits barriers, at which the caller waits for helpers. A call needs one before it if it accesses memory of a shared
 * call that may still be running. The caller's own work needs no barrier, because helpers see it when they see the next
 * job.
 */
export class Barriers {
  /** Memory that shared calls have accessed since the last barrier. */
  #since: MemoryRange[] = [];

  constructor(
    private readonly emit: () => void,
    private readonly offsetOf: (buffer: Buffer) => number | undefined,
  ) {}

  /**
   * Emits a barrier if the call accesses memory of a shared call since the last barrier, and one of the two writes it.
   */
  before(reads: readonly Slot[], writes: readonly Slot[], shared: boolean): void {
    const ranges = [...reads.map((slot) => this.#range(slot, false)), ...writes.map((slot) => this.#range(slot, true))];
    if (
      this.#since.length > maxRanges ||
      ranges.some((a) => this.#since.some((b) => (a.writes || b.writes) && meets(a, b)))
    )
      this.now();
    if (shared) this.#since.push(...ranges);
  }

  /** Emits a barrier if a shared call has been made since the last barrier. */
  now(): void {
    if (this.#since.length > 0) this.emit();
    this.#since = [];
  }

  /** Arena buffers are compared by address, because they reuse memory; others by identity. */
  #range({ storage }: Slot, writes: boolean): MemoryRange {
    if (storage.kind === 'slice') return this.#range(storage.of, writes);
    const offset = this.offsetOf(storage);
    return offset === undefined
      ? { from: 0, to: 0, buffer: storage, writes }
      : { from: offset, to: offset + storage.bytes, buffer: storage, writes };
  }
}

function meets(a: MemoryRange, b: MemoryRange): boolean {
  const [x, y] = [a.buffer, b.buffer];
  if (x.kind === 'arena' && y.kind === 'arena') return a.from < b.to && b.from < a.to;
  if (x.kind === 'carry' && y.kind === 'carry') return true;
  if (x.kind === 'variable' && y.kind === 'variable') return x.index === y.index && x.next === y.next;
  return x === y;
}
