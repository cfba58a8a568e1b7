import { type Check, oneOf } from '@chainrule/errors/check';

/** The value in a matrix of texts: whether a word occurs, its count, its frequency, or its tf-idf. */
export type MatrixMode = 'binary' | 'count' | 'freq' | 'tfidf';

/** A matrix with a row per text and a column per index, in row-major order. */
export interface TextMatrix {
  readonly data: Float64Array;
  readonly shape: readonly [texts: number, columns: number];
}

/** Statistics of the fitted texts, for tf-idf. */
interface Documents {
  readonly documents: number;
  readonly containing: (index: number) => number;
}

type Entry = (count: number, index: number, length: number, known: Documents) => number;

const entries: Readonly<Record<MatrixMode, Entry>> = {
  binary: () => 1,
  count: (count) => count,
  freq: (count, _, length) => count / length,
  tfidf: (count, index, _, { documents, containing }) =>
    (1 + Math.log(count)) * Math.log(1 + documents / (1 + containing(index))),
};

export const aMode: Check = /* @__PURE__ */ oneOf(...Object.keys(entries));

/** The matrix of sequences of indices. Ignores indices beyond the last column. */
export function wordMatrix(
  sequences: readonly ArrayLike<number>[],
  columns: number,
  mode: MatrixMode,
  known: Documents,
): TextMatrix {
  const data = new Float64Array(sequences.length * columns);
  for (const [row, sequence] of sequences.entries()) {
    const counts = new Map<number, number>();
    for (let i = 0; i < sequence.length; i++) counts.set(sequence[i]!, (counts.get(sequence[i]!) ?? 0) + 1);
    for (const [index, count] of counts) {
      if (index < columns) data[row * columns + index] = entries[mode](count, index, sequence.length, known);
    }
  }
  return { data, shape: [sequences.length, columns] };
}
