import type { Buffer } from '@chainrule/compiler';
import type { Slot, Storage } from './calls.ts';

interface Range {
  readonly from: number;
  readonly to: number;
  readonly buffer: Storage;
  readonly writes: boolean;
  readonly parallel: boolean;
}

/** Puts barriers between calls of which one needs what another thread may be doing. */
export class Barriers {
  /** What has been done to memory since the last barrier. */
  #since: Range[] = [];

  constructor(
    private readonly emit: () => void,
    private readonly offsetOf: (buffer: Buffer) => number | undefined,
  ) {}

  /** A barrier, if the call conflicts with one since the last: touches the same memory, and one of them writes it. */
  before(reads: readonly Slot[], writes: readonly Slot[], parallel: boolean): void {
    const ranges = [...reads.map((slot) => this.#range(slot, false, parallel)), ...writes.map((slot) => this.#range(slot, true, parallel))];
    const conflicts = (a: Range): boolean => this.#since.some((b) => (a.writes || b.writes) && (a.parallel || b.parallel) && meets(a, b));
    if (ranges.some(conflicts)) this.now();
    this.#since.push(...ranges);
  }

  now(): void {
    this.emit();
    this.#since = [];
  }

  /** Arena buffers are known by address, since one may lie where another was; others by identity. */
  #range({ storage }: Slot, writes: boolean, parallel: boolean): Range {
    if (storage.kind === 'slice') return this.#range(storage.of, writes, parallel);
    const offset = this.offsetOf(storage);
    return offset === undefined ? { from: 0, to: 0, buffer: storage, writes, parallel } : { from: offset, to: offset + storage.bytes, buffer: storage, writes, parallel };
  }
}

function meets(a: Range, b: Range): boolean {
  const [x, y] = [a.buffer, b.buffer];
  if (x.kind === 'arena' && y.kind === 'arena') return a.from < b.to && b.from < a.to;
  if (x.kind === 'carry' && y.kind === 'carry') return true;
  if (x.kind === 'variable' && y.kind === 'variable') return x.index === y.index && x.next === y.next;
  return x === y;
}
