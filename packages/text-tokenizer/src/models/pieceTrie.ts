/** A tree of texts by their UTF-16 units. Source: Fredkin, "Trie Memory", 1960. */
export class PieceTrie {
  /** From a node's number and a unit to the next node. */
  readonly #edges = new Map<number, number>();
  readonly #ids: number[] = [-1];
  /** The pieces that the last search found: where they end, and their ids; the shortest first. */
  readonly ends: number[] = [];
  readonly ids: number[] = [];

  constructor(pieces: Iterable<string>) {
    let id = 0;
    for (const piece of pieces) {
      let node = 0;
      for (let i = 0; i < piece.length; i++) {
        const edge = node * 65_536 + piece.charCodeAt(i);
        let next = this.#edges.get(edge);
        if (next === undefined) {
          next = this.#ids.length;
          this.#edges.set(edge, next);
          this.#ids.push(-1);
        }
        node = next;
      }
      if (node) this.#ids[node] = id;
      id += 1;
    }
  }

  /** Finds the pieces that begin at `from`; how many they are. */
  search(text: string, from: number): number {
    let count = 0;
    let node = 0;
    for (let at = from; at < text.length; ) {
      const next = this.#edges.get(node * 65_536 + text.charCodeAt(at));
      if (next === undefined) break;
      node = next;
      at += 1;
      if (this.#ids[node]! < 0) continue;
      this.ends[count] = at;
      this.ids[count++] = this.#ids[node]!;
    }
    return count;
  }
}
