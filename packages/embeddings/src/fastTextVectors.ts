import { showValue, ValueError } from '@chainrule/errors';
import type { Tensor } from '@chainrule/tensor';
import { subwordBuckets, type SubwordOptions } from './subwords.ts';
import { WordVectors } from './wordVectors.ts';

/** The vectors of character n-grams. */
export interface SubwordTable {
  readonly options: Required<SubwordOptions>;
  /** The row of each bucket that an n-gram of a known word is in. */
  readonly rows: ReadonlyMap<number, number>;
  /** `[rows, dimensions]` */
  readonly vectors: Float32Array;
}

/** Word vectors that make a vector of a word's character n-grams where it has none. */
export class FastTextVectors extends WordVectors {
  readonly #subwords: SubwordTable;

  constructor(words: readonly string[], vectors: Tensor, subwords: SubwordTable) {
    super(words, vectors);
    this.#subwords = subwords;
  }

  /**
   * The vector of a word, a copy; for a word that was not trained, the mean of those of its n-grams that were.
   *
   * @throws ValueError for a word without any n-gram that was trained
   */
  override vector(word: string): Float32Array {
    if (this.has(word)) return super.vector(word);
    const { options, rows, vectors } = this.#subwords;
    const known = subwordBuckets(word, options)
      .map((bucket) => rows.get(bucket))
      .filter((row) => row !== undefined);
    if (known.length === 0)
      throw new ValueError(
        `FastTextVectors: \`word\` must have a known n-gram of ${options.minN} to ${options.maxN} characters, got ${showValue(word)}`,
      );
    const mean = new Float32Array(this.dimensions);
    for (const row of known)
      for (let i = 0; i < mean.length; i++) mean[i]! += vectors[row * mean.length + i]! / known.length;
    return mean;
  }
}
