/** The number of edges that a table of a given size holds before it grows. */
const load = 0.5;

/**
 * A trie of texts by their UTF-16 units. Its edges are in one hash table with open addressing, so a search creates no
 * objects.
 *
 * Source: Fredkin, "Trie Memory", 1960; Knuth, "The Art of Computer Programming", volume 3, section 6.4.
 */
export class PieceTrie {
  /** Per edge: its source node plus 1, its unit, and its target node. */
  #table: Int32Array = new Int32Array(3 * 1024);
  #edges = 0;
  /** The id of the piece that ends at each node, or −1. */
  readonly #ids: number[] = [-1];
  /** The results of the last search: the ends and ids of the pieces found, shortest first. */
  readonly ends: number[] = [];
  readonly ids: number[] = [];

  constructor(pieces: Iterable<string>) {
    let id = 0;
    for (const piece of pieces) {
      let node = 0;
      for (let i = 0; i < piece.length; i++) node = this.#child(node, piece.charCodeAt(i));
      if (node) this.#ids[node] = id;
      id += 1;
    }
  }

  /** Finds the pieces that begin at `from`, and returns their number. */
  search(text: string, from: number): number {
    const table = this.#table;
    let count = 0;
    let node = 0;
    for (let at = from; at < text.length;) {
      node = table[this.#slot(node, text.charCodeAt(at)) + 2]!;
      if (node === 0) break;
      at += 1;
      if (this.#ids[node]! < 0) continue;
      this.ends[count] = at;
      this.ids[count++] = this.#ids[node]!;
    }
    return count;
  }

  /** The slot of an edge, or the free slot for it. */
  #slot(node: number, unit: number): number {
    const table = this.#table;
    const size = table.length / 3;
    // Odd constants spread neighboring keys; the size is a power of two.
    let place = (Math.imul(node + 1, 0x9e3779b1) ^ Math.imul(unit, 0x85ebca6b)) >>> 0;
    for (place = (place ^ (place >>> 15)) & (size - 1); ; place = (place + 1) & (size - 1)) {
      const slot = 3 * place;
      if (table[slot] === 0 || (table[slot] === node + 1 && table[slot + 1] === unit)) return slot;
    }
  }

  #child(node: number, unit: number): number {
    const slot = this.#slot(node, unit);
    if (this.#table[slot] !== 0) return this.#table[slot + 2]!;
    const child = this.#ids.push(-1) - 1;
    this.#table.set([node + 1, unit, child], slot);
    this.#edges += 1;
    if (this.#edges > load * (this.#table.length / 3)) this.#grow();
    return child;
  }

  #grow(): void {
    const old = this.#table;
    this.#table = new Int32Array(2 * old.length);
    for (let i = 0; i < old.length; i += 3) {
      if (old[i] !== 0) this.#table.set(old.subarray(i, i + 3), this.#slot(old[i]! - 1, old[i + 1]!));
    }
  }
}
