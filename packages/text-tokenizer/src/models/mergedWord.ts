import { MinHeap } from './minHeap.ts';
import type { PairTable } from './pairTable.ts';
import type { Vocabulary } from './vocabulary.ts';
import { WordBuilder } from './wordBuilder.ts';

/** A merge's rank and its place in the piece share one number in the heap. */
const placeLimit = 2 ** 26;

/** A piece as a doubly linked list of symbols, with a heap of the possible merges. */
export class MergedWord {
  /** For each place: the id of the symbol there, or −1 once it has been merged into the one before; its neighbors; its start and end. */
  readonly #ids: number[] = [];
  readonly #next: number[] = [];
  readonly #previous: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #heap = new MinHeap();

  /** Adds a symbol at the end. */
  push(id: number, from: number, to: number): void {
    const place = this.#ids.push(id) - 1;
    this.#previous.push(place - 1);
    this.#next.push(-1);
    if (place > 0) this.#next[place - 1] = place;
    this.#starts.push(from);
    this.#ends.push(to);
  }

  /** @param drops - whether to skip a merge this time; by default never */
  merge(pairs: PairTable, drops?: () => boolean): this {
    const [ids, next, previous, heap] = [this.#ids, this.#next, this.#previous, this.#heap];
    const offer = (place: number): void => {
      const right = place < 0 ? -1 : next[place]!;
      if (right < 0) return;
      const rank = pairs.rank(ids[place]!, ids[right]!);
      if (rank >= 0) heap.push(rank * placeLimit + place);
    };
    for (let place = 0; place < ids.length; place++) offer(place);
    let dropped: number[] = [];
    while (heap.size) {
      const item = heap.pop();
      if (drops?.()) {
        dropped.push(item);
        continue;
      }
      // A skipped merge gets its next chance after another merge.
      for (const other of dropped) heap.push(other);
      dropped = [];
      const place = item % placeLimit;
      const right = next[place]!;
      if (ids[place]! < 0 || right < 0) continue;
      // Another merge may have taken a symbol of this pair.
      if (pairs.rank(ids[place]!, ids[right]!) !== Math.floor(item / placeLimit)) continue;
      ids[place] = pairs.id(ids[place]!, ids[right]!);
      ids[right] = -1;
      this.#ends[place] = this.#ends[right]!;
      next[place] = next[right]!;
      if (next[place] >= 0) previous[next[place]] = place;
      offer(previous[place]!);
      offer(place);
    }
    return this;
  }

  build(vocabulary: Vocabulary): WordBuilder {
    const word = new WordBuilder();
    for (let place = this.#ids.length ? 0 : -1; place >= 0; place = this.#next[place]!) {
      word.push(this.#ids[place]!, vocabulary.token(this.#ids[place]!)!, this.#starts[place]!, this.#ends[place]!);
    }
    return word;
  }
}
