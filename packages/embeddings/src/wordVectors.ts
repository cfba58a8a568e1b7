import { OptionError, ShapeError, showShape, showValue, ValueError } from '@chainrule/errors';
import { anything, aString, checkOptions, checkThat, listOf } from '@chainrule/errors/check';
import { RandomSource, Tensor } from '@chainrule/tensor';
import { checkSeed } from '@chainrule/tensor/graph';
import { checkCounts } from './checkOptions.ts';

const checkWords = /* @__PURE__ */ listOf('a list of words', aString);
const checkVectors = /* @__PURE__ */ checkThat('a tensor', (value) => value instanceof Tensor);
const checkQuery = /* @__PURE__ */ checkThat(
  'a word or a list of numbers',
  (value) =>
    typeof value === 'string' ||
    (typeof value === 'object' &&
      value !== null &&
      'length' in value &&
      Array.from(value as ArrayLike<unknown>).every((element) => typeof element === 'number')),
);

/** A word, and how near it is. */
export interface Neighbour {
  readonly word: string;
  readonly score: number;
}

/** What is to what as what is to what: king − man + woman is `{ positive: ['king', 'woman'], negative: ['man'] }`. */
export interface AnalogyQuery {
  readonly positive: readonly string[];
  readonly negative?: readonly string[];
}

/** Options of {@link WordVectors.analogy}. */
export interface AnalogyOptions {
  /** Default `3CosAdd`. */
  readonly method?: AnalogyMethod;
  /** How many answers; default 10. */
  readonly count?: number;
}

/**
 * `3CosAdd`: the cosine to the sum of the unit vectors (Mikolov, Yih, Zweig 2013). `3CosMul`: the product of cosines,
 * shifted to [0, 1], over those of the negative words, plus 0.001 (Levy, Goldberg 2014).
 */
export type AnalogyMethod = '3CosAdd' | '3CosMul';

/** Options of {@link WordVectors.embeddingMatrix}. */
export interface EmbeddingMatrixOptions {
  /** Rows of the matrix. Default one more than the largest index. */
  readonly inputDim?: number;
  /** Rows of words without a vector: zeros, or uniform numbers of the same variance as the vectors. Default `zeros`. */
  readonly missing?: 'zeros' | 'random';
  /** Of the random rows. Default 0. */
  readonly seed?: number;
}

/**
 * Words and a vector for each.
 *
 * @example
 * const vectors = new WordVectors(['north', 'east', 'south'], tensor([[0, 2], [1, 0], [0, -1]]));
 * vectors.similarity('north', 'south'); // => -1
 * vectors.neighbours('east', 1); // => [{"word":"north","score":0}]
 */
export class WordVectors {
  readonly words: readonly string[];
  /** `[words, dimensions]`, float32. */
  readonly vectors: Tensor;
  readonly #indices: ReadonlyMap<string, number>;
  readonly #data: Float32Array;
  #unit: Float32Array | undefined;

  /**
   * @param words - all different, none of them empty
   * @param vectors - a row for each, of finite numbers
   * @throws ShapeError where there is not a row for each word; ValueError for words that are empty or there twice, or
   *   numbers that are not finite
   */
  constructor(words: readonly string[], vectors: Tensor) {
    checkWords('WordVectors', 'words', words);
    checkVectors('WordVectors', 'vectors', vectors);
    if (vectors.rank !== 2 || vectors.shape[0] !== words.length || vectors.shape[1] === 0) {
      throw new ShapeError(
        `WordVectors: \`vectors\` must have a row for each of the ${words.length} words, got ${showShape(vectors.shape)}`,
      );
    }
    if (vectors.dtype !== 'float32')
      throw new OptionError(`WordVectors: \`vectors\` must be float32, got ${vectors.dtype}; convert it with \`cast\``);
    const indices = new Map(words.map((word, i) => [word, i]));
    if (indices.size !== words.length || indices.has('')) {
      throw new ValueError(
        `WordVectors: \`words\` must be different and not empty, got ${showValue(words.find((word, i) => word === '' || indices.get(word) !== i))}`,
      );
    }
    this.#data = vectors.data as Float32Array;
    const bad = this.#data.findIndex((v) => !Number.isFinite(v));
    if (bad >= 0)
      throw new ValueError(
        `WordVectors: \`vectors\` must be finite, got ${this.#data[bad]} for ${showValue(words[Math.floor(bad / vectors.shape[1]!)])}`,
      );
    this.words = words;
    this.vectors = vectors;
    this.#indices = indices;
  }

  /** How many words there are. */
  get size(): number {
    return this.words.length;
  }

  /** Elements of a vector. */
  get dimensions(): number {
    return this.vectors.shape[1]!;
  }

  has(word: string): boolean {
    return this.#indices.has(word);
  }

  /** The row of a word, −1 where there is none. */
  indexOf(word: string): number {
    return this.#indices.get(word) ?? -1;
  }

  /**
   * The vector of a word, a copy.
   *
   * @throws ValueError for a word that has none
   */
  vector(word: string): Float32Array {
    const at = this.indexOf(word);
    if (at < 0)
      throw new ValueError(
        `WordVectors: \`word\` must be one of the ${this.size} that have a vector, got ${showValue(word)}; ask \`has\` first`,
      );
    return this.#data.slice(at * this.dimensions, (at + 1) * this.dimensions);
  }

  /**
   * The cosine of two words' vectors; 0 where one is all zeros.
   *
   * @throws ValueError for a word that has no vector
   */
  similarity(a: string, b: string): number {
    const [x, y] = [toUnit(this.vector(a)), toUnit(this.vector(b))];
    return x.reduce((sum, v, i) => sum + v * y[i]!, 0);
  }

  /**
   * The words whose vectors point most nearly the same way, by cosine; of equals, the one that comes first. A word is
   * no neighbour of itself.
   *
   * @param query - a word, or a vector
   * @param count - how many; default 10
   * @throws ValueError for a word that has no vector; ShapeError for a vector of another size
   */
  neighbours(query: string | ArrayLike<number>, count = 10): Neighbour[] {
    checkQuery('neighbours', 'query', query);
    checkCounts('neighbours', { count });
    const vector = typeof query === 'string' ? this.vector(query) : Float32Array.from(query);
    if (vector.length !== this.dimensions)
      throw new ShapeError(`neighbours: \`query\` must have ${this.dimensions} elements, got ${vector.length}`);
    return this.#nearest(this.cosines(vector), count, typeof query === 'string' ? [query] : []);
  }

  /**
   * The words that answer an analogy best, without those that it names.
   *
   * @throws ValueError for a word that has no vector; OptionError for a query without words
   * @example
   * const vectors = new WordVectors(['man', 'woman', 'king', 'queen'], tensor([[1, 0.1], [0.1, 1], [2, 0.9], [0.9, 2]]));
   * vectors.analogy({ positive: ['king', 'woman'], negative: ['man'] }, { count: 1 })[0]?.word; // => queen
   */
  analogy(query: AnalogyQuery, options: AnalogyOptions = {}): Neighbour[] {
    checkOptions('analogy', options, { method: anything, count: anything });
    const { method = '3CosAdd', count = 10 } = options;
    const { positive, negative = [] } = query;
    checkCounts('analogy', { count });
    if (method !== '3CosAdd' && method !== '3CosMul')
      throw new OptionError(`analogy: \`method\` must be "3CosAdd" or "3CosMul", got ${showValue(method)}`);
    if (positive.length === 0) throw new OptionError('analogy: `positive` must name a word or more, got none');
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

  /** The cosines of a vector and all words' vectors. */
  cosines(vector: ArrayLike<number>): Float32Array {
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
   * The matrix of an `embedding` layer for the word index of a tokenizer: row i is the vector of the word with index i.
   * Row 0, which is padding, and rows that no word has are zeros.
   *
   * @param wordIndex - the index of each word, from 1 on
   * @returns `[inputDim, dimensions]`
   * @throws OptionError for indices that are not whole numbers from 1 to inputDim − 1
   * @example
   * const vectors = new WordVectors(['cat', 'dog'], tensor([[1, 2], [3, 4]]));
   * vectors.embeddingMatrix(new Map([['dog', 1], ['cow', 2]])).toArray(); // => [[0,0],[3,4],[0,0]]
   */
  embeddingMatrix(
    wordIndex: ReadonlyMap<string, number> | Readonly<Record<string, number>>,
    options: EmbeddingMatrixOptions = {},
  ): Tensor {
    checkOptions('embeddingMatrix', options, { inputDim: anything, missing: anything, seed: anything });
    const entries =
      wordIndex instanceof Map
        ? [...(wordIndex as ReadonlyMap<string, number>)]
        : Object.entries(wordIndex as Readonly<Record<string, number>>);
    const {
      inputDim = entries.reduce((most, [, index]) => Math.max(most, index), 0) + 1,
      missing = 'zeros',
      seed = 0,
    } = options;
    checkCounts('embeddingMatrix', { inputDim });
    checkSeed('embeddingMatrix', seed);
    if (missing !== 'zeros' && missing !== 'random')
      throw new OptionError(`embeddingMatrix: \`missing\` must be "zeros" or "random", got ${showValue(missing)}`);
    const n = this.dimensions;
    const matrix = new Float32Array(inputDim * n);
    const limit = missing === 'random' ? Math.sqrt(3 * varianceOf(this.#data)) : 0;
    for (const [word, index] of entries) {
      if (!Number.isInteger(index) || index < 1)
        throw new OptionError(
          `embeddingMatrix: \`wordIndex\` must have whole numbers from 1 on, got ${showValue(index)} for ${showValue(word)}`,
        );
      if (index >= inputDim)
        throw new OptionError(
          `embeddingMatrix: \`inputDim\` must be above all indices, got ${inputDim} and ${index} for ${showValue(word)}`,
        );
      if (this.has(word)) matrix.set(this.vector(word), index * n);
      else if (limit > 0) {
        const random = new RandomSource(seed, 'missing', index);
        for (let i = 0; i < n; i++) matrix[index * n + i] = random.uniform(-limit, limit);
      }
    }
    return new Tensor([inputDim, n], 'float32', matrix);
  }

  #nearest(scores: Float32Array, count: number, without: readonly string[]): Neighbour[] {
    const left = new Set(without.map((word) => this.indexOf(word)));
    const order = Array.from(scores.keys())
      .filter((i) => !left.has(i))
      .sort((a, b) => scores[b]! - scores[a]! || a - b);
    return order.slice(0, count).map((i) => ({ word: this.words[i]!, score: scores[i]! }));
  }
}

/** The scores of all words, of the cosines to each word of the query, the positive ones first. */
export function analogyScores(cosines: readonly Float32Array[], positive: number, method: AnalogyMethod): Float32Array {
  const scores = new Float32Array(cosines[0]!.length);
  for (let word = 0; word < scores.length; word++) {
    if (method === '3CosAdd')
      scores[word] = cosines.reduce((sum, c, i) => sum + (i < positive ? c[word]! : -c[word]!), 0);
    else
      scores[word] = cosines.reduce(
        (product, c, i) => (i < positive ? product * shifted(c[word]!) : product / (shifted(c[word]!) + 0.001)),
        1,
      );
  }
  return scores;
}

const shifted = (cosine: number): number => (cosine + 1) / 2;

function scaleToCosine(scores: Float32Array, units: readonly Float32Array[], positive: number): void {
  const sum = units[0]!.map((_, k) =>
    units.reduce((total, unit, i) => total + (i < positive ? unit[k]! : -unit[k]!), 0),
  );
  const norm = normOf(sum);
  if (norm > 0) scores.forEach((score, i) => (scores[i] = score / norm));
}

function normOf(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((squares, v) => squares + v * v, 0));
}

function toUnit(vector: Float32Array): Float32Array {
  const norm = normOf(vector);
  return norm === 0 ? vector : vector.map((v) => v / norm);
}

function unitRows(data: Float32Array, size: number): Float32Array {
  const unit = new Float32Array(data.length);
  for (let at = 0; at < data.length; at += size) unit.set(toUnit(data.subarray(at, at + size)), at);
  return unit;
}

function varianceOf(data: Float32Array): number {
  let [sum, squares] = [0, 0];
  for (const v of data) {
    sum += v;
    squares += v * v;
  }
  return squares / data.length - (sum / data.length) ** 2;
}
