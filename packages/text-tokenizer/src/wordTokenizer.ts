import { OptionError, showValue, StateError, ValueError } from '@chainrule/errors';
import { aBoolean, aCount, aFunction, aString, checkOptions, oneOf } from '@chainrule/errors/check';
import { aList, aStream, lists, listOfSequences, listOfTexts } from './checks.ts';
import { Field, parseJson } from './json.ts';
import { readKerasTokenizer } from './kerasTokenizerJson.ts';
import { aMode, type MatrixMode, type TextMatrix, wordMatrix } from './wordMatrix.ts';
import { readWordTokenizer, type WordTokenizerJson } from './wordTokenizerJson.ts';
import type { WordTokenizerOptions } from './wordTokenizerOptions.ts';

export type { MatrixMode, TextMatrix, WordTokenizerJson, WordTokenizerOptions };

const defaultFilters = '!"#$%&()*+,-./:;<=>?@[\\]^_`{|}~\t\n';

/**
 * A tokenizer of words or characters, as in Keras 2. Numbers words from 1 by descending frequency; index 0 is for padding.
 *
 * Source: Keras 2, `keras.preprocessing.text.Tokenizer`.
 *
 * @throws OptionError if `numWords` is not a positive integer, or `split` or `oovToken` is empty
 * @example
 * const tokenizer = new WordTokenizer({ oovToken: '<oov>' });
 * tokenizer.fitOnTexts(['The cat sat.', 'The dog!']);
 * tokenizer.textsToSequences(['The dog ran']); // => [[2,5,1]]
 * tokenizer.sequencesToTexts([[2, 3]]); // => ['the cat']
 */
export class WordTokenizer {
  readonly options: Readonly<
    Required<Pick<WordTokenizerOptions, 'minCount' | 'filters' | 'lower' | 'split' | 'charLevel'>> &
      WordTokenizerOptions
  >;
  /** The index of each word, whether it is used or not. */
  readonly wordIndex: Map<string, number> = new Map();
  /** The word of each index. */
  readonly indexWord: Map<number, string> = new Map();
  /** The number of occurrences of each word. */
  readonly wordCounts: Map<string, number> = new Map();
  /** The number of texts in which each word occurred. */
  readonly wordDocs: Map<string, number> = new Map();
  /** The number of fitted texts. */
  documentCount = 0;
  /** The last index of a word that occurred `minCount` times. */
  #frequent = 0;
  readonly #filtered: ReadonlySet<string>;

  constructor(options: WordTokenizerOptions = {}) {
    checkOptions('WordTokenizer', options, {
      numWords: aCount,
      minCount: aCount,
      filters: aString,
      lower: aBoolean,
      split: aString,
      charLevel: aBoolean,
      oovToken: aString,
      normalize: oneOf('NFC', 'NFD', 'NFKC', 'NFKD'),
      analyzer: aFunction,
    });
    this.options = { minCount: 1, filters: defaultFilters, lower: true, split: ' ', charLevel: false, ...options };
    const { split, oovToken } = this.options;
    if (split === '')
      throw new OptionError('WordTokenizer: `split` must not be empty, got ""; set `charLevel` for characters');
    if (oovToken === '') throw new OptionError('WordTokenizer: `oovToken` must not be empty, got ""');
    this.#filtered = new Set(this.options.filters);
  }

  /**
   * The number of indices, including 0 for padding: the `inputDim` of an embedding, or the number of columns of a matrix.
   *
   * @throws StateError if `fitOnTexts` was not called and `numWords` does not determine the size
   */
  get vocabularySize(): number {
    const { numWords, minCount } = this.options;
    if (numWords !== undefined && minCount === 1) return numWords;
    if (!this.wordIndex.size)
      throw new StateError(`WordTokenizer: call \`fitOnTexts\` first${minCount === 1 ? ', or set `numWords`' : ''}`);
    return Math.min(numWords ?? Infinity, this.#frequent + 1);
  }

  /** Splits a text into words. Filters whole characters, not UTF-16 units. */
  words(text: string): readonly string[] {
    aString('WordTokenizer', 'text', text);
    const { normalize, analyzer, lower, charLevel, split } = this.options;
    const normal = normalize ? text.normalize(normalize) : text;
    if (analyzer) return analyzer(normal);
    const cased = lower ? normal.toLowerCase() : normal;
    if (charLevel) return [...cased];
    const filtered = this.#filtered.size
      ? Array.from(cased, (char) => (this.#filtered.has(char) ? split : char)).join('')
      : cased;
    return filtered.split(split).filter((word) => word);
  }

  /** Counts the words of the texts, and numbers all words again. */
  fitOnTexts(texts: Iterable<string>): void {
    listOfTexts('fitOnTexts', 'texts', texts);
    for (const text of texts) this.#count(text);
    this.#number();
  }

  /** Like {@link fitOnTexts}, for a stream such as the lines of a file that is larger than the memory. */
  async fitOnStream(texts: AsyncIterable<string>): Promise<void> {
    aStream('fitOnStream', 'texts', texts);
    for await (const text of texts) this.#count(text);
    this.#number();
  }

  /** Replaces the words of each text by their indices. An unused word gives the index of `oovToken`, or is dropped. */
  textsToSequences(texts: Iterable<string>): number[][] {
    listOfTexts('textsToSequences', 'texts', texts);
    return Array.from(texts, (text) => this.#indices(text));
  }

  /**
   * Joins the words of each sequence by spaces. An index without a used word, such as 0, gives `oovToken`; without an
   * `oovToken`, it is dropped, as in Keras.
   *
   * @throws ValueError if an index is not an integer of at least 0
   */
  sequencesToTexts(sequences: Iterable<ArrayLike<number>>): string[] {
    listOfSequences('sequencesToTexts', 'sequences', sequences);
    return Array.from(sequences, (sequence) => {
      aList('sequencesToTexts', 'sequences', sequence);
      return Array.from(sequence, (index) => this.#word(index))
        .filter((word) => word !== undefined)
        .join(' ');
    });
  }

  /**
   * Makes a matrix with a row per text and a column per index.
   *
   * @param mode - `binary`: whether the word occurs; `count`: its count; `freq`: its count divided by the number of words;
   * `tfidf`: (1 + ln count)·ln(1 + texts/(1 + texts with the word)). By default `binary`
   * @returns `data` of shape `[texts, vocabularySize]`
   * @throws StateError if the mode needs fitted texts and `fitOnTexts` was not called
   */
  textsToMatrix(texts: Iterable<string>, mode: MatrixMode = 'binary'): TextMatrix {
    return this.sequencesToMatrix(this.textsToSequences(texts), mode);
  }

  /**
   * Like {@link textsToMatrix}, for sequences. Ignores indices beyond the last column, as in Keras.
   *
   * @throws ValueError if an index is not an integer of at least 0
   */
  sequencesToMatrix(sequences: readonly ArrayLike<number>[], mode: MatrixMode = 'binary'): TextMatrix {
    lists('sequencesToMatrix', 'sequences', sequences);
    aMode('sequencesToMatrix', 'mode', mode);
    const columns = this.vocabularySize;
    if (mode === 'tfidf' && !this.documentCount)
      throw new StateError('WordTokenizer: call `fitOnTexts` before you make a matrix of mode "tfidf"');
    for (const sequence of sequences) for (let i = 0; i < sequence.length; i++) checkIndex(sequence[i]!);
    return wordMatrix(sequences, columns, mode, {
      documents: this.documentCount,
      containing: (index) => this.wordDocs.get(this.indexWord.get(index) ?? '') ?? 0,
    });
  }

  /** @throws OptionError if an `analyzer` was set, because JSON cannot hold functions */
  toJSON(): WordTokenizerJson {
    const { analyzer, ...options } = this.options;
    if (analyzer)
      throw new OptionError('WordTokenizer: `analyzer` must be undefined for JSON, which cannot hold functions');
    return {
      options,
      documentCount: this.documentCount,
      words: Array.from(this.wordCounts, ([word, count]) => [word, count, this.wordDocs.get(word) ?? 0]),
    };
  }

  /**
   * Reads the result of `toJSON`, or of `to_json` of Keras' `Tokenizer`.
   *
   * @param json - the text of the file, or the result of parsing it
   * @throws FormatError if the file has neither format
   */
  static fromJSON(json: unknown): WordTokenizer {
    const file = new Field('WordTokenizer', typeof json === 'string' ? parseJson('WordTokenizer', json) : json);
    const { options, documentCount, words } = file.at('class_name').isNone
      ? readWordTokenizer(file)
      : readKerasTokenizer(file);
    const tokenizer = new WordTokenizer(options);
    tokenizer.documentCount = documentCount;
    for (const [word, count, documents] of words) {
      tokenizer.wordCounts.set(word, count);
      tokenizer.wordDocs.set(word, documents);
    }
    if (documentCount) tokenizer.#number();
    return tokenizer;
  }

  #count(text: string): void {
    this.documentCount += 1;
    const words = this.words(text);
    for (const word of words) this.wordCounts.set(word, (this.wordCounts.get(word) ?? 0) + 1);
    for (const word of new Set(words)) this.wordDocs.set(word, (this.wordDocs.get(word) ?? 0) + 1);
  }

  #number(): void {
    const { oovToken, minCount } = this.options;
    const words = [...this.wordCounts].sort((a, b) => b[1] - a[1]).map(([word]) => word);
    this.wordIndex.clear();
    this.indexWord.clear();
    // A word equal to the token counts as the token.
    for (const word of oovToken === undefined ? words : [oovToken, ...words.filter((word) => word !== oovToken)]) {
      this.wordIndex.set(word, this.wordIndex.size + 1);
      this.indexWord.set(this.wordIndex.size, word);
      if (word === oovToken || this.wordCounts.get(word)! >= minCount) this.#frequent = this.wordIndex.size;
    }
  }

  #isUsed(index: number): boolean {
    return index <= this.#frequent && (this.options.numWords === undefined || index < this.options.numWords);
  }

  #indices(text: string): number[] {
    const unknown = this.options.oovToken === undefined ? undefined : this.wordIndex.get(this.options.oovToken);
    const indices: number[] = [];
    for (const word of this.words(text)) {
      const index = this.wordIndex.get(word);
      const used = index !== undefined && this.#isUsed(index) ? index : unknown;
      if (used !== undefined) indices.push(used);
    }
    return indices;
  }

  #word(index: number): string | undefined {
    checkIndex(index);
    const word = this.#isUsed(index) ? this.indexWord.get(index) : undefined;
    return word ?? this.options.oovToken;
  }
}

function checkIndex(index: number): void {
  if (!Number.isSafeInteger(index) || index < 0)
    throw new ValueError(`WordTokenizer: \`sequences\` must be integers of at least 0, got ${showValue(index)}`);
}
