import { showValue, ValueError } from '@chainrule/errors';
import { aString, checkThat } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { subwordBuckets, type SubwordOptions } from './subwords.ts';
import { WordVectors } from './wordVectors.ts';

/** The vectors of character n-grams. */
export interface SubwordTable {
  readonly options: Required<SubwordOptions>;
  /** The row of each bucket that occurs in a known word. */
  readonly rows: ReadonlyMap<number, number>;
  /** `[rows, dimensions]` */
  readonly vectors: Float32Array;
}

const aTable = /* @__PURE__ */ checkThat('an object { options, rows, vectors }', (value) => {
  const { options, rows, vectors } = (value ?? {}) as Partial<SubwordTable>;
  return typeof options === 'object' && rows instanceof Map && vectors instanceof Float32Array;
});

/** Word vectors that compute the vector of an unseen word from its character n-grams. */
export class FastTextVectors extends WordVectors {
  readonly #subwords: SubwordTable;

  constructor(words: readonly string[], vectors: Tensor, subwords: SubwordTable) {
    super(words, vectors);
    aTable('FastTextVectors', 'subwords', subwords);
    this.#subwords = subwords;
  }

  /**
   * A copy of the word's vector. For an unseen word, the mean of the vectors of its known n-grams.
   *
   * @throws ValueError for an unseen word without a known n-gram
   */
  override vector(word: string): Float32Array {
    aString('FastTextVectors', 'word', word);
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
