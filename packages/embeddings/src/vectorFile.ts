import { FormatError, showValue } from '@chainrule/errors';
import { aBoolean, anything, aString, type Checks, oneOf } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { checkCounts } from './checkOptions.ts';
import { WordVectors } from './wordVectors.ts';

/** What readers of vector files take. */
export interface ReadVectorsOptions {
  /** Whether bytes that are no UTF-8 become U+FFFD; by default they are refused. */
  readonly replaceInvalid?: boolean;
  /** Of a word that comes twice: an error, or the first counts. Default `refuse`. */
  readonly duplicates?: 'refuse' | 'keepFirst';
  /** How many vectors are read; what follows is not looked at. Default all. */
  readonly limit?: number;
  /** What messages call the bytes. Default `bytes`. */
  readonly name?: string;
}

/** {@link VectorFile} checks the limit. */
export const vectorOptions: Checks<ReadVectorsOptions> = {
  replaceInvalid: aBoolean,
  duplicates: oneOf('refuse', 'keepFirst'),
  limit: anything,
  name: aString,
};

/** Elements of a vector, at most, and bytes of a word. */
export const mostDimensions = 65_536;
export const mostWordBytes = 65_536;

/** How bytes begin that are no vectors yet, and the remedy. */
const others: readonly (readonly [start: readonly number[], hint: string])[] = [
  [[0x1f, 0x8b], "gzip; decompress them first, as with `new DecompressionStream('gzip')`"],
  [[0x50, 0x4b, 3, 4], 'a zip archive; take the file out of it first'],
  [
    [0xba, 0x16, 0x4f, 0x2f],
    'a model of the fastText program; read the vectors in its `.vec` file with `readTextVectors`',
  ],
];

/** Words and vectors as a file gives them. The memory grows with what was read, never with what a header promises. */
export class VectorFile {
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
    if (limit !== Infinity) checkCounts(op, { limit });
    this.limit = limit;
    this.#op = op;
    this.#options = options;
    this.#decoder = new TextDecoder('utf-8', { fatal: !replaceInvalid, ignoreBOM: true });
  }

  /** Vectors that were added, those of repeated words included. */
  get seen(): number {
    return this.#seen;
  }

  fail(problem: string): never {
    throw new FormatError(`${this.#op}: ${this.#options.name ?? 'bytes'}: ${problem}`);
  }

  /** Refuses bytes that begin as another format does. */
  checkStart(bytes: Uint8Array): void {
    const other = others.find(([start]) => start.every((byte, i) => bytes[i] === byte));
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

  /** Takes a word and its vector. */
  add(word: string, vector: ArrayLike<number>): void {
    this.#seen += 1;
    if (word === '') this.fail(`expected a word before vector ${this.#seen}, got none`);
    for (let i = 0; i < vector.length; i++)
      if (!Number.isFinite(Math.fround(vector[i]!)))
        this.fail(`expected finite numbers for word ${this.#seen}, ${showValue(word)}, got ${vector[i]}`);
    if (this.#known.has(word)) {
      if (this.#options.duplicates === 'keepFirst') return;
      this.fail(
        `expected different words, got ${showValue(word)} again as word ${this.#seen}; set \`duplicates: 'keepFirst'\` to leave it out`,
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

/** The bytes of a word in a file that has spaces between words and numbers. A word may be tabs, but not hold one. */
export function wordBytes(op: string, word: string): Uint8Array {
  if (/[ \0\r\n]|\t[^\t]|[^\t]\t|\p{Cs}/u.test(word))
    throw new FormatError(
      `${op}: words must be without spaces, line ends, bytes 0 and lone surrogates, got ${showValue(word)}`,
    );
  return encoder.encode(word);
}
