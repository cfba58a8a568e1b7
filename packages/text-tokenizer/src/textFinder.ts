/** The key of an edge: its source node and its unit. */
const edge = (node: number, unit: number): number => node * 0x10000 + unit;

/**
 * Finds given texts in a longer text. Of all matches it returns the leftmost, and of those the longest, and continues after
 * it. One pass from the end to the start, through the automaton of the reversed texts, tells the longest match at each
 * position, so the time is linear in the length of the text.
 *
 * Source: Aho and Corasick, "Efficient String Matching: An Aid to Bibliographic Search", 1975.
 */
export class TextFinder {
  readonly #edges = new Map<number, number>();
  /** Per node: the node to continue at when no edge matches, and the longest text that ends there, or −1. */
  readonly #fallbacks: number[] = [0];
  readonly #found: number[] = [-1];
  readonly #lengths: readonly number[];
  /** The last units of all texts. */
  readonly #ends = new Uint8Array(0x10000);

  /** @param texts - the first of equal texts counts; empty texts are never found */
  constructor(texts: readonly string[]) {
    this.#lengths = texts.map((text) => text.length);
    const parents: number[] = [0];
    const units: number[] = [0];
    for (const [i, text] of texts.entries()) {
      let node = 0;
      for (let at = text.length - 1; at >= 0; at--) {
        const key = edge(node, text.charCodeAt(at));
        let child = this.#edges.get(key);
        if (child === undefined) {
          child = parents.push(node) - 1;
          units.push(text.charCodeAt(at));
          this.#edges.set(key, child);
          this.#found.push(-1);
        }
        node = child;
      }
      if (node && this.#found[node]! < 0) this.#found[node] = i;
      if (text) this.#ends[text.charCodeAt(text.length - 1)] = 1;
    }
    this.#link(parents, units);
  }

  /** Finds all texts. Three numbers each: the start and end of a match, and the index of its text. */
  findAll(text: string): number[] {
    const begins: number[] = [];
    let node = 0;
    for (let at = text.length - 1; at >= 0; at--) {
      const unit = text.charCodeAt(at);
      if (node === 0 && this.#ends[unit] === 0) continue;
      node = this.#step(node, unit);
      if (this.#found[node]! >= 0) begins.push(at, this.#found[node]!);
    }
    const places: number[] = [];
    let last = 0;
    for (let i = begins.length - 2; i >= 0; i -= 2) {
      const [from, index] = [begins[i]!, begins[i + 1]!];
      if (from < last) continue;
      last = from + this.#lengths[index]!;
      places.push(from, last, index);
    }
    return places;
  }

  #step(from: number, unit: number): number {
    for (let node = from; ; node = this.#fallbacks[node]!) {
      const next = this.#edges.get(edge(node, unit));
      if (next !== undefined) return next;
      if (node === 0) return 0;
    }
  }

  /** Sets the fallbacks of nodes, shortest texts first. */
  #link(parents: readonly number[], units: readonly number[]): void {
    const depths = new Int32Array(parents.length);
    for (let node = 1; node < parents.length; node++) depths[node] = depths[parents[node]!]! + 1;
    const order = Array.from(depths.keys()).sort((a, b) => depths[a]! - depths[b]!);
    for (const node of order.slice(1)) {
      const parent = parents[node]!;
      this.#fallbacks[node] = parent === 0 ? 0 : this.#step(this.#fallbacks[parent]!, units[node]!);
      if (this.#found[node]! < 0) this.#found[node] = this.#found[this.#fallbacks[node]]!;
    }
  }
}
