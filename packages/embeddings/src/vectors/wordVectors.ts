import { OptionError, ShapeError, showShape, showValue, ValueError } from '@chainrule/errors';
import { aCount, aString, type Check, checkOptions, checkThat, listOf, oneOf } from '@chainrule/errors/check';
import { RandomSource, Tensor } from '@chainrule/tensor';
import { aSeed, aTensor } from '@chainrule/tensor/graph';
import { type AnalogyMethod, analogyScores, scaleToCosine } from './analogyScores.ts';
import { toUnit, unitRows, varianceOf } from './unitVectors.ts';

const checkWords = /* @__PURE__ */ listOf('a list of words', aString);
const isVector = (value: unknown): boolean =>
  (Array.isArray(value) || ArrayBuffer.isView(value)) &&
  Array.from(value as ArrayLike<unknown>).every((element) => typeof element === 'number');
const checkVector = /* @__PURE__ */ checkThat('a list of numbers', isVector);
const checkQuery = /* @__PURE__ */ checkThat(
  'a word or a list of numbers',
  (value) => typeof value === 'string' || isVector(value),
);

/** A word with its similarity to a query. */
export interface Neighbor {
  readonly word: string;
  readonly score: number;
}

/** An analogy: king − man + woman is `{ positive: ['king', 'woman'], negative: ['man'] }`. */
export interface AnalogyQuery {
  readonly positive: readonly string[];
  readonly negative?: readonly string[];
}

/** Options of {@link WordVectors.analogy}. */
export interface AnalogyOptions {
  /** Default `3CosAdd`. */
  readonly method?: AnalogyMethod;
  /** Number of answers. Default 10. */
  readonly count?: number;
}

/** Options of {@link WordVectors.embeddingMatrix}. */
export interface EmbeddingMatrixOptions {
  /** Number of rows. Default the largest index plus one. */
  readonly inputDim?: number;
  /** Fill rows of words without a vector with zeros, or with uniform random numbers of the vectors' variance. Default `zeros`. */
  readonly missing?: 'zeros' | 'random';
  /** Seed of the random rows. Default 0. */
  readonly seed?: number;
}

/**
 * Words with their vectors.
 *
 * @example
 * const vectors = new WordVectors(['north', 'east', 'south'], tensor([[0, 2], [1, 0], [0, -1]]));
 * vectors.similarity('north', 'south'); // => -1
 * vectors.neighbors('east', 1); // => [{"word":"north","score":0}]
 */
export class WordVectors {
  readonly words: readonly string[];
  /** `[words, dimensions]`, float32. */
  readonly vectors: Tensor;
  readonly #indices: ReadonlyMap<string, number>;
  readonly #data: Float32Array;
  #unit: Float32Array | undefined;

  /**
   * @param words - different words, none of them empty
   * @param vectors - float32 `[words, dimensions]`, finite
   * @throws ShapeError if `vectors` does not have one row per word; ValueError for empty or repeated words, and for
   *   numbers that are not finite
   */
  constructor(words: readonly string[], vectors: Tensor) {
    checkWords('WordVectors', 'words', words);
    aTensor('WordVectors', 'vectors', vectors);
    if (vectors.rank !== 2 || vectors.shape[0] !== words.length || vectors.shape[1] === 0) {
      throw new ShapeError(
        `WordVectors: \`vectors\` must have one row for each of the ${words.length} words, got ${showShape(vectors.shape)}`,
      );
    }
    if (vectors.dtype !== 'float32')
      throw new OptionError(`WordVectors: \`vectors\` must be float32, got ${vectors.dtype}; convert it with \`cast\``);
    const indices = new Map(words.map((word, i) => [word, i]));
    if (indices.size !== words.length || indices.has('')) {
      throw new ValueError(
        `WordVectors: \`words\` must be unique and not empty, got ${showValue(words.find((word, i) => word === '' || indices.get(word) !== i))}`,
      );
    }
    this.#data = vectors.data as Float32Array;
    const bad = this.#data.findIndex((v) => !Number.isFinite(v));
    if (bad >= 0)
      throw new ValueError(
        `WordVectors: \`vectors\` must be finite, got ${this.#data[bad]} for ${showValue(words[Math.floor(bad / vectors.shape[1])])}`,
      );
    this.words = words;
    this.vectors = vectors;
    this.#indices = indices;
  }

  /** Number of words. */
  get size(): number {
    return this.words.length;
  }

  /** Elements of each vector. */
  get dimensions(): number {
    return this.vectors.shape[1];
  }

  has(word: string): boolean {
    return this.#indices.has(word);
  }

  /** The row of a word, or −1 if it has no vector. */
  indexOf(word: string): number {
    return this.#indices.get(word) ?? -1;
  }

  /**
   * A copy of the word's vector.
   *
   * @throws ValueError for a word without a vector
   */
  vector(word: string): Float32Array {
    const at = this.indexOf(word);
    if (at < 0)
      throw new ValueError(
        `WordVectors: \`word\` must be one of the ${this.size} words with a vector, got ${showValue(word)}; check with \`has\` first`,
      );
    return this.#data.slice(at * this.dimensions, (at + 1) * this.dimensions);
  }

  /**
   * The cosine similarity of two words; 0 if a vector is all zeros.
   *
   * @throws ValueError for a word without a vector
   */
  similarity(a: string, b: string): number {
    const [x, y] = [toUnit(this.vector(a)), toUnit(this.vector(b))];
    return x.reduce((sum, v, i) => sum + v * y[i]!, 0);
  }

  /**
   * The words with the highest cosine similarity to a query, in descending order. Ties keep the order of the words. A word
   * is not its own neighbor.
   *
   * @param query - a word or a vector
   * @param count - number of neighbors; default 10
   * @throws ValueError for a word without a vector; ShapeError for a vector of another size
   */
  neighbors(query: string | ArrayLike<number>, count = 10): Neighbor[] {
    checkQuery('neighbors', 'query', query);
    aCount('neighbors', 'count', count);
    const vector = typeof query === 'string' ? this.vector(query) : Float32Array.from(query);
    if (vector.length !== this.dimensions)
      throw new ShapeError(`neighbors: \`query\` must have ${this.dimensions} elements, got ${vector.length}`);
    return this.#nearest(this.cosines(vector), count, typeof query === 'string' ? [query] : []);
  }

  /**
   * The words that answer an analogy best. Excludes the words of the query.
   *
   * @throws ValueError for a word without a vector; OptionError for a query without positive words
   * @example
   * const vectors = new WordVectors(['man', 'woman', 'king', 'queen'], tensor([[1, 0.1], [0.1, 1], [2, 0.9], [0.9, 2]]));
   * vectors.analogy({ positive: ['king', 'woman'], negative: ['man'] }, { count: 1 })[0]?.word; // => queen
   */
  analogy(query: AnalogyQuery, options: AnalogyOptions = {}): Neighbor[] {
    checkOptions('analogy', options, { method: oneOf('3CosAdd', '3CosMul'), count: aCount });
    const { method = '3CosAdd', count = 10 } = options;
    const { positive, negative = [] } = query ?? {};
    checkWords('analogy', 'query.positive', positive);
    checkWords('analogy', 'query.negative', negative);
    aCount('analogy', 'query.positive.length', positive.length);
    const named = [...positive, ...negative];
    const units = named.map((word) => toUnit(this.vector(word)));
    const scores = analogyScores(
      units.map((unit) => this.cosines(unit)),
      positive.length,
      method,
    );
    if (method === '3CosAdd') scaleToCosine(scores, units, positive.length);
    return this.#nearest(scores, count, named);
  }

  /** The cosine similarity of a vector to each word. */
  cosines(vector: ArrayLike<number>): Float32Array {
    checkVector('cosines', 'vector', vector);
    const unit = (this.#unit ??= unitRows(this.#data, this.dimensions));
    const query = toUnit(Float32Array.from(vector));
    const [scores, n] = [new Float32Array(this.size), this.dimensions];
    for (let row = 0, at = 0; row < scores.length; row++) {
      let sum = 0;
      for (let i = 0; i < n; i++, at++) sum += unit[at]! * query[i]!;
      scores[row] = sum;
    }
    return scores;
  }

  /**
   * The weights of an `embedding` layer for the word index of a tokenizer: row i is the vector of the word with index i.
   * Row 0 (padding) and unused rows are zeros.
   *
   * @param wordIndex - the index of each word, from 1
   * @returns `[inputDim, dimensions]`
   * @throws OptionError for indices that are not integers from 1 to inputDim − 1
   * @example
   * const vectors = new WordVectors(['cat', 'dog'], tensor([[1, 2], [3, 4]]));
   * vectors.embeddingMatrix(new Map([['dog', 1], ['cow', 2]])).toArray(); // => [[0,0],[3,4],[0,0]]
   */
  embeddingMatrix(
    wordIndex: ReadonlyMap<string, number> | Readonly<Record<string, number>>,
    options: EmbeddingMatrixOptions = {},
  ): Tensor {
    checkOptions('embeddingMatrix', options, { inputDim: aCount, missing: oneOf('zeros', 'random'), seed: aSeed });
    const entries =
      wordIndex instanceof Map
        ? [...(wordIndex as ReadonlyMap<string, number>)]
        : Object.entries((wordIndex ?? {}) as Readonly<Record<string, number>>);
    for (const [word, index] of entries) aCount('embeddingMatrix', `wordIndex.${word}`, index);
    const {
      inputDim = entries.reduce((most, [, index]) => Math.max(most, index), 0) + 1,
      missing = 'zeros',
      seed = 0,
    } = options;
    const n = this.dimensions;
    const matrix = new Float32Array(inputDim * n);
    const limit = missing === 'random' ? Math.sqrt(3 * varianceOf(this.#data)) : 0;
    for (const [word, index] of entries) {
      if (index >= inputDim)
        throw new OptionError(
          `embeddingMatrix: \`inputDim\` must be greater than all indices, got ${inputDim} and ${index} for ${showValue(word)}`,
        );
      if (this.has(word)) matrix.set(this.vector(word), index * n);
      else if (limit > 0) {
        const random = new RandomSource(seed, 'missing', index);
        for (let i = 0; i < n; i++) matrix[index * n + i] = random.uniform(-limit, limit);
      }
    }
    return new Tensor([inputDim, n], 'float32', matrix);
  }

  #nearest(scores: Float32Array, count: number, exclude: readonly string[]): Neighbor[] {
    const excluded = new Set(exclude.map((word) => this.indexOf(word)));
    const order = Array.from(scores.keys())
      .filter((i) => !excluded.has(i))
      .sort((a, b) => scores[b]! - scores[a]! || a - b);
    return order.slice(0, count).map((i) => ({ word: this.words[i]!, score: scores[i]! }));
  }
}

export const aWordVectors: Check = /* @__PURE__ */ checkThat('WordVectors', (value) => value instanceof WordVectors);
