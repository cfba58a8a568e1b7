/** Memory of one value. Buffers are compared by identity. */
export interface Buffer {
  readonly bytes: number;
}

/** The buffers that one step of a program reads and writes. */
export interface Access {
  readonly reads: readonly Buffer[];
  readonly writes: readonly Buffer[];
  /** Written buffers that may reuse the memory of a read one if nothing needs that afterward. */
  readonly inPlace?: readonly (readonly [written: Buffer, read: Buffer])[];
}

/** The layout of buffers in the arena. */
export interface Arena {
  readonly offsets: ReadonlyMap<Buffer, number>;
  readonly bytes: number;
  /** The size of all buffers without reuse. */
  readonly sum: number;
  /** For each buffer, the step that first writes it and the step that last uses it. */
  readonly lives: ReadonlyMap<Buffer, readonly [first: number, last: number]>;
}

const alignment = 64;
/** Number of bytes that kernels may read after the end of a buffer. */
const slack = 64;

/**
 * Allocates buffers in one arena. Each lives from its first write to its last use, in the smallest gap that is free
 * then.
 *
 * @param accesses - the steps in order
 * @param holds - whether a buffer lives in the arena; others, such as variables and constants, are ignored
 * @param kept - buffers that are needed after the last step, such as results
 */
export function placeBuffers(
  accesses: readonly Access[],
  holds: (buffer: Buffer) => boolean,
  kept: Iterable<Buffer>,
  given: Iterable<Buffer> = [],
): Arena {
  const lives = lifetimes(accesses, holds, kept, given);
  const offsets = new Map<Buffer, number>();
  const gaps = new Gaps();
  let sum = 0;
  const take = (buffer: Buffer): void => void offsets.set(buffer, gaps.take(roomOf(buffer)));
  const end = (buffer: Buffer, at: number): boolean => lives.get(buffer)?.[1] === at;
  for (const buffer of lives.keys()) sum += roomOf(buffer);
  for (const buffer of given) if (lives.has(buffer)) take(buffer);
  accesses.forEach((access, at) => {
    const inherited = new Set<Buffer>();
    for (const [written, read] of access.inPlace ?? []) {
      if (
        offsets.has(written) ||
        inherited.has(read) ||
        !lives.has(written) ||
        !end(read, at) ||
        roomOf(written) !== roomOf(read) ||
        !offsets.has(read)
      )
        continue;
      offsets.set(written, offsets.get(read)!);
      inherited.add(read);
    }
    for (const buffer of access.writes) if (lives.has(buffer) && !offsets.has(buffer)) take(buffer);
    for (const buffer of new Set([...access.reads, ...access.writes])) {
      if (end(buffer, at) && !inherited.has(buffer)) gaps.give(offsets.get(buffer)!, roomOf(buffer));
    }
  });
  return { offsets, bytes: gaps.top, sum, lives };
}

function lifetimes(
  accesses: readonly Access[],
  holds: (buffer: Buffer) => boolean,
  kept: Iterable<Buffer>,
  given: Iterable<Buffer>,
): Map<Buffer, [number, number]> {
  const lives = new Map<Buffer, [number, number]>();
  for (const buffer of given) if (holds(buffer)) lives.set(buffer, [-1, -1]);
  accesses.forEach(({ reads, writes }, at) => {
    for (const buffer of [...reads, ...writes]) {
      if (!holds(buffer)) continue;
      const life = lives.get(buffer);
      if (life) life[1] = at;
      else lives.set(buffer, [at, at]);
    }
  });
  for (const buffer of kept) {
    const life = lives.get(buffer);
    if (life) life[1] = accesses.length;
  }
  return lives;
}

function roomOf({ bytes }: Buffer): number {
  return Math.ceil((bytes + slack) / alignment) * alignment;
}

/** Free ranges below the top, by address. */
class Gaps {
  top = 0;
  readonly #free: { at: number; size: number }[] = [];

  take(size: number): number {
    let best: { at: number; size: number } | undefined;
    for (const gap of this.#free) if (gap.size >= size && (!best || gap.size < best.size)) best = gap;
    if (!best) {
      const last = this.#free.at(-1);
      if (last && last.at + last.size === this.top) {
        this.#free.pop();
        this.top = last.at + size;
        return last.at;
      }
      this.top += size;
      return this.top - size;
    }
    const { at } = best;
    best.at += size;
    best.size -= size;
    if (best.size === 0) this.#free.splice(this.#free.indexOf(best), 1);
    return at;
  }

  give(at: number, size: number): void {
    const next = this.#free.findIndex((gap) => gap.at > at);
    const i = next < 0 ? this.#free.length : next;
    this.#free.splice(i, 0, { at, size });
    this.#join(i);
    this.#join(i - 1);
  }

  /** Joins gap `i` with the next if they touch. */
  #join(i: number): void {
    const [a, b] = [this.#free[i], this.#free[i + 1]];
    if (!a || !b || a.at + a.size !== b.at) return;
    a.size += b.size;
    this.#free.splice(i + 1, 1);
  }
}
