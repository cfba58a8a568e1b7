import { FormatError, showValue } from '@chainrule/errors';
import { aBoolean, aString, type Checks, oneOf } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { aLimit } from '../options/checks.ts';
import { WordVectors } from '../vectors/wordVectors.ts';

/** Options of all readers of vector files. */
export interface ReadVectorsOptions {
  /** Replace invalid UTF-8 by U+FFFD instead of throwing. Default false. */
  readonly replaceInvalid?: boolean;
  /** For a repeated word: throw an error (default), or keep the first vector. */
  readonly duplicates?: 'throw' | 'keepFirst';
  /** Stop after this many vectors. Default all. */
  readonly limit?: number;
  /** Name of the source in error messages. Default `bytes`. */
  readonly name?: string;
}

export const readChecks: Checks<ReadVectorsOptions> = {
  replaceInvalid: aBoolean,
  duplicates: oneOf('throw', 'keepFirst'),
  limit: aLimit,
  name: aString,
};

/** Maximum number of dimensions of a vector. */
export const maxDimensions = 65_536;
/** Maximum number of bytes of a word. */
export const maxWordBytes = 65_536;

/** The first bytes of other formats, and what to do with such files. */
const otherFormats: readonly (readonly [start: readonly number[], hint: string])[] = [
  [[0x1f, 0x8b], "gzip; decompress it first, for example with `new DecompressionStream('gzip')`"],
  [[0x50, 0x4b, 3, 4], 'a zip archive; unpack it first'],
  [
    [0xba, 0x16, 0x4f, 0x2f],
    'a model of the fastText program; read the vectors in its `.vec` file with `readTextVectors`',
  ],
];

/** Collects the words and vectors of a file. Its memory grows with the bytes read, not with the sizes that a header claims. */
export class VectorCollector {
  readonly limit: number;
  readonly #op: string;
  readonly #options: ReadVectorsOptions;
  readonly #decoder: TextDecoder;
  readonly #words: string[] = [];
  readonly #known: Set<string> = new Set();
  #data: Float32Array = new Float32Array(1024);
  #seen = 0;

  constructor(op: string, options: ReadVectorsOptions) {
    const { limit = Infinity, replaceInvalid = false } = options;
    this.limit = limit;
    this.#op = op;
    this.#options = options;
    this.#decoder = new TextDecoder('utf-8', { fatal: !replaceInvalid, ignoreBOM: true });
  }

  /** Number of vectors read, including those of repeated words. */
  get seen(): number {
    return this.#seen;
  }

  fail(problem: string): never {
    throw new FormatError(`${this.#op}: ${this.#options.name ?? 'bytes'}: ${problem}`);
  }

  /** Throws if the bytes begin like another format. */
  checkStart(bytes: Uint8Array): void {
    const other = otherFormats.find(([start]) => start.every((byte, i) => bytes[i] === byte));
    if (other) this.fail(`expected vectors, got ${other[1]}`);
  }

  decode(bytes: Uint8Array): string {
    try {
      return this.#decoder.decode(bytes);
    } catch {
      return this.fail(
        `expected UTF-8 in word ${this.#seen + 1}, got other bytes; set \`replaceInvalid\` to read them as U+FFFD`,
      );
    }
  }

  /** Adds a word and its vector. */
  add(word: string, vector: ArrayLike<number>): void {
    this.#seen += 1;
    if (word === '') this.fail(`expected a word before vector ${this.#seen}, got none`);
    for (let i = 0; i < vector.length; i++)
      if (!Number.isFinite(Math.fround(vector[i]!)))
        this.fail(`expected finite numbers for word ${this.#seen}, ${showValue(word)}, got ${vector[i]}`);
    if (this.#known.has(word)) {
      if (this.#options.duplicates === 'keepFirst') return;
      this.fail(
        `expected unique words, got ${showValue(word)} again as word ${this.#seen}; set \`duplicates: 'keepFirst'\` to ignore it`,
      );
    }
    const start = this.#words.length * vector.length;
    if (start + vector.length > this.#data.length) {
      const grown = new Float32Array(Math.max(2 * this.#data.length, start + vector.length));
      grown.set(this.#data);
      this.#data = grown;
    }
    this.#data.set(vector, start);
    this.#words.push(word);
    this.#known.add(word);
  }

  finish(dimensions: number): WordVectors {
    const shape = [this.#words.length, dimensions];
    return new WordVectors(this.#words, new Tensor(shape, 'float32', this.#data.slice(0, shape[0]! * shape[1]!)));
  }
}

const encoder = /* @__PURE__ */ new TextEncoder();

/** Encodes a word for a file that separates words and numbers by spaces. A word may consist of tabs, but not contain one among other characters. */
export function encodeWord(op: string, word: string): Uint8Array {
  if (/[ \0\r\n]|\t[^\t]|[^\t]\t|\p{Cs}/u.test(word))
    throw new FormatError(
      `${op}: words must not contain spaces, line ends, null bytes or lone surrogates, got ${showValue(word)}`,
    );
  return encoder.encode(word);
}
