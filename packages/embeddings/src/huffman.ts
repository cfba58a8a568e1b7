/** The way from the root to each leaf of a Huffman tree. */
export interface HuffmanCode {
  /** The inner nodes on the way, and which way it goes there. */
  readonly paths: readonly Int32Array[];
  readonly bits: readonly Uint8Array[];
  /** The length of the longest way. */
  readonly depth: number;
}

/**
 * The binary code that is shortest on average (Huffman, "A method for the construction of minimum-redundancy codes",
 * 1952), for counts that fall: leaves and inner nodes are then two queues, both in order (van Leeuwen 1976).
 *
 * @param counts - how often each leaf is needed, two or more, never rising
 * @returns inner nodes are numbered from 0 to leaves − 2; the root is the last
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
  const ways = counts.map((_, i) => wayTo(leaves - 1 - i, parents, sides));
  return {
    paths: ways.map((way) => Int32Array.from(way, (node) => parents[node]! - leaves)),
    bits: ways.map((way) => Uint8Array.from(way, (node) => sides[node]!)),
    depth: ways.reduce((most, way) => Math.max(most, way.length), 0),
  };
}

/** The nodes from below the root down to a leaf. */
function wayTo(leaf: number, parents: Int32Array, sides: Uint8Array): number[] {
  const way: number[] = [];
  for (let node = leaf; node < sides.length - 1; node = parents[node]!) way.push(node);
  return way.reverse();
}
