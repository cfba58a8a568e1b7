import type { RandomSource } from '@chainrule/tensor';
import { AliasTable } from './aliasTable.ts';
import { huffman } from './huffman.ts';

/** The rows of the output table that a batch scores, with their labels. */
export interface OutputRows {
  readonly outputs: Int32Array;
  /** 1 for a positive example, 0 for a negative one. */
  readonly labels: Float32Array;
  /** Weight of each example; 0 for unused entries. */
  readonly weights: Float32Array;
}

/** An output layer and its loss. */
export interface Targets {
  /** Rows of the output table. */
  readonly rows: number;
  /** Number of entries for `words` predicted words. */
  readonly width: (words: number) => number;
  /** Writes the entries for the words `ids[from … to)` except the one at `skip`, starting at `start`. Weights of other entries stay 0. */
  readonly write: (
    into: OutputRows,
    start: number,
    ids: Int32Array,
    from: number,
    to: number,
    skip: number,
    random: RandomSource,
  ) => void;
}

/**
 * Negative sampling: separates the words from `negative` others, which are drawn with probability ∝ count^exponent. The words of
 * a window share their negative samples, each weighted by the number of words (Ji et al., "Parallelizing word2vec in
 * shared and distributed memory", 2016). A sample that equals one of the words has weight 0.
 */
export function negativeSampling(counts: readonly number[], negative: number, exponent: number): Targets {
  const table = new AliasTable(counts.map((count) => count ** exponent));
  return {
    rows: counts.length,
    width: (words) => words + negative,
    write({ outputs, labels, weights }, start, ids, from, to, skip, random) {
      const put = (at: number, word: number, label: number, weight: number): void => {
        outputs[at] = word;
        labels[at] = label;
        weights[at] = weight;
      };
      let end = start;
      for (let i = from; i < to; i++) if (i !== skip) put(end++, ids[i]!, 1, 1);
      const words = end - start;
      for (let n = 0; n < negative; n++, end++) {
        const word = table.draw(random);
        put(end, word, 0, includes(outputs, start, start + words, word) ? 0 : words);
      }
    },
  };
}

function includes(ids: Int32Array, from: number, to: number, id: number): boolean {
  for (let i = from; i < to; i++) if (ids[i] === id) return true;
  return false;
}

/** Hierarchical softmax: a binary decision at each inner node on the path to the word in a Huffman tree. */
export function hierarchicalSoftmax(counts: readonly number[]): Targets {
  const { paths, bits, depth } = huffman(counts);
  return {
    rows: counts.length - 1,
    width: (words) => words * depth,
    write({ outputs, labels, weights }, start, ids, from, to, skip) {
      let end = start;
      for (let i = from; i < to; i++) {
        if (i === skip) continue;
        const [path, code] = [paths[ids[i]!]!, bits[ids[i]!]!];
        outputs.set(path, end);
        weights.fill(1, end, end + path.length);
        for (const bit of code) labels[end++] = 1 - bit;
      }
    },
  };
}
