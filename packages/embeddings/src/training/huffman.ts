/** The path from the root to each leaf of a Huffman tree. */
export interface HuffmanCode {
  /** The inner nodes on each path. */
  readonly paths: readonly Int32Array[];
  /** The branch at each of these nodes. */
  readonly bits: readonly Uint8Array[];
  /** Length of the longest path. */
  readonly depth: number;
}

/**
 * The binary code with the shortest mean length (Huffman, "A method for the construction of minimum-redundancy codes",
 * 1952). Because the counts are sorted, leaves and inner nodes are two sorted queues (van Leeuwen 1976).
 *
 * @param counts - frequencies of at least two leaves, in descending order
 * @returns inner nodes have numbers from 0 to leaves − 2; the root is the last
 */
export function huffman(counts: readonly number[]): HuffmanCode {
  const leaves = counts.length;
  const weights = new Float64Array(2 * leaves - 1);
  counts.forEach((count, i) => (weights[leaves - 1 - i] = count));
  const parents = new Int32Array(2 * leaves - 1);
  const sides = new Uint8Array(2 * leaves - 1);
  let [leaf, inner] = [0, leaves];
  for (let made = leaves; made < 2 * leaves - 1; made++) {
    for (const side of [0, 1]) {
      const lightest = inner === made || (leaf < leaves && weights[leaf]! <= weights[inner]!) ? leaf++ : inner++;
      weights[made]! += weights[lightest]!;
      parents[lightest] = made;
      sides[lightest] = side;
    }
  }
  const nodes = counts.map((_, i) => pathTo(leaves - 1 - i, parents, sides));
  return {
    paths: nodes.map((path) => Int32Array.from(path, (node) => parents[node]! - leaves)),
    bits: nodes.map((path) => Uint8Array.from(path, (node) => sides[node]!)),
    depth: nodes.reduce((max, path) => Math.max(max, path.length), 0),
  };
}

/** The nodes on the path to a leaf, without the root. */
function pathTo(leaf: number, parents: Int32Array, sides: Uint8Array): number[] {
  const path: number[] = [];
  for (let node = leaf; node < sides.length - 1; node = parents[node]!) path.push(node);
  return path.reverse();
}
