import type { RandomSource } from '@chainrule/tensor';
import { AliasTable } from './aliasTable.ts';
import { huffman } from './huffman.ts';

/** Outputs of a batch, a row for each hidden vector or group of them: what is to be told from what. */
export interface OutputRows {
  readonly outputs: Int32Array;
  /** 1 for what is to be predicted, 0 for what is not. */
  readonly labels: Float32Array;
  /** How much each counts; 0 where a place is not used. */
  readonly weights: Float32Array;
}

/** What the hidden vectors are trained to predict. */
export interface Targets {
  /** Rows of the table of outputs. */
  readonly rows: number;
  /** Places that `most` words take. */
  readonly width: (most: number) => number;
  /** Writes the outputs for the words `ids[from … to)` but that at `skip`, from `place` on; all other places have weight 0. */
  readonly write: (
    into: OutputRows,
    place: number,
    ids: Int32Array,
    from: number,
    to: number,
    skip: number,
    random: RandomSource,
  ) => void;
}

/**
 * Negative sampling: the words against `negative` others, drawn by count^exponent. Words that are predicted together
 * share these (Ji and others, "Parallelizing word2vec in shared and distributed memory", 2016), which then count once
 * for each; a draw that is one of the words is left out.
 */
export function negativeSampling(counts: readonly number[], negative: number, exponent: number): Targets {
  const table = new AliasTable(counts.map((count) => count ** exponent));
  return {
    rows: counts.length,
    width: (most) => most + negative,
    write({ outputs, labels, weights }, place, ids, from, to, skip, random) {
      const put = (at: number, word: number, label: number, weight: number): void => {
        outputs[at] = word;
        labels[at] = label;
        weights[at] = weight;
      };
      let end = place;
      for (let i = from; i < to; i++) if (i !== skip) put(end++, ids[i]!, 1, 1);
      const words = end - place;
      for (let n = 0; n < negative; n++, end++) {
        const word = table.draw(random);
        put(end, word, 0, includes(outputs, place, place + words, word) ? 0 : words);
      }
    },
  };
}

function includes(ids: Int32Array, from: number, to: number, id: number): boolean {
  for (let i = from; i < to; i++) if (ids[i] === id) return true;
  return false;
}

/** Hierarchical softmax: which way to go at each inner node on the way to the word in a Huffman tree. */
export function hierarchicalSoftmax(counts: readonly number[]): Targets {
  const { paths, bits, depth } = huffman(counts);
  return {
    rows: counts.length - 1,
    width: (most) => most * depth,
    write({ outputs, labels, weights }, place, ids, from, to, skip) {
      let end = place;
      for (let i = from; i < to; i++) {
        if (i === skip) continue;
        const [path, way] = [paths[ids[i]!]!, bits[ids[i]!]!];
        outputs.set(path, end);
        weights.fill(1, end, end + path.length);
        for (const bit of way) labels[end++] = 1 - bit;
      }
    },
  };
}
