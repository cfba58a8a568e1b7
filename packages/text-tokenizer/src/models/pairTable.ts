/** A merge of two tokens: its position in the list, and the resulting token. */
export interface Merge {
  readonly rank: number;
  readonly id: number;
}

/**
 * A hash table of merges by their two tokens, with open addressing. An entry is four numbers in one array, so a large
 * vocabulary creates no objects. Source: Knuth, "The Art of Computer Programming", volume 3, section 6.4.
 */
export class PairTable {
  /** Per entry: the left token plus 1, the right token, the rank, and the resulting token. */
  readonly #table: Int32Array;
  readonly #mask: number;

  /** @param most - the number of pairs to expect */
  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(2 * most + 2));
    this.#table = new Int32Array(4 * size);
    this.#mask = size - 1;
  }

  /** Sets the merge of a pair, or replaces it. */
  set(left: number, right: number, { rank, id }: Merge): void {
    const slot = this.#slot(left, right);
    this.#table[slot] = left + 1;
    this.#table[slot + 1] = right;
    this.#table[slot + 2] = rank;
    this.#table[slot + 3] = id;
  }

  /** The rank of a pair, or −1 if the table lacks it. */
  rank(left: number, right: number): number {
    const slot = this.#slot(left, right);
    return this.#table[slot] === 0 ? -1 : this.#table[slot + 2]!;
  }

  /** The result of merging a pair, which must be in the table. */
  id(left: number, right: number): number {
    return this.#table[this.#slot(left, right) + 3]!;
  }

  #slot(left: number, right: number): number {
    const table = this.#table;
    // Odd constants spread neighboring keys.
    const hash = Math.imul(left, 0x9e3779b1) ^ Math.imul(right, 0x85ebca6b);
    for (let place = (hash ^ (hash >>> 15)) & this.#mask; ; place = (place + 1) & this.#mask) {
      const slot = 4 * place;
      if (table[slot] === 0 || (table[slot] === left + 1 && table[slot + 1] === right)) return slot;
    }
  }
}
