import { MemoryError } from '@chainrule/errors';

/** Distinct pairs of words with their weighted counts. */
export interface CountedPairs {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly counts: Float64Array;
}

/** Maximum number of pairs; their tables take 2 GiB. */
const maxPairs = 2 ** 26;

/** Counts how often words occur near each other, in a hash table with open addressing over typed arrays. */
export class Cooccurrences {
  #keys: Float64Array = new Float64Array(1024).fill(-1);
  #counts: Float64Array = new Float64Array(1024);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds to the count of an unordered pair. Words are integers below 2²⁶. */
  add(a: number, b: number, count: number): void {
    const at = this.#find(Math.min(a, b) * 2 ** 26 + Math.max(a, b));
    this.#counts[at]! += count;
    if (2 * this.#size > this.#keys.length) this.#grow();
  }

  /** The counted pairs, with the smaller word first. Their order depends only on the calls of `add`. */
  pairs(): CountedPairs {
    const pairs = {
      first: new Int32Array(this.#size),
      second: new Int32Array(this.#size),
      counts: new Float64Array(this.#size),
    };
    let to = 0;
    this.#keys.forEach((key, at) => {
      if (key < 0) return;
      pairs.first[to] = Math.floor(key / 2 ** 26);
      pairs.second[to] = key % 2 ** 26;
      pairs.counts[to++] = this.#counts[at]!;
    });
    return pairs;
  }

  #find(key: number): number {
    const mask = this.#keys.length - 1;
    // Multiplicative (Fibonacci) hashing of both halves.
    let at = (Math.imul(Math.floor(key / 2 ** 26), 0x9e3779b1) ^ Math.imul(key % 2 ** 26, 0x85ebca6b)) >>> 0;
    at = (at ^ (at >>> 15)) & mask;
    while (this.#keys[at] !== key && this.#keys[at]! >= 0) at = (at + 1) & mask;
    if (this.#keys[at]! < 0) {
      this.#keys[at] = key;
      this.#size += 1;
    }
    return at;
  }

  #grow(): void {
    if (this.#size > maxPairs)
      throw new MemoryError(
        `glove: expected at most ${maxPairs} different pairs of words, got more; raise \`minCount\`, or lower \`maxVocab\` or \`window\``,
      );
    const [keys, counts] = [this.#keys, this.#counts];
    this.#keys = new Float64Array(2 * keys.length).fill(-1);
    this.#counts = new Float64Array(2 * keys.length);
    this.#size = 0;
    keys.forEach((key, at) => {
      if (key >= 0) this.#counts[this.#find(key)] = counts[at]!;
    });
  }
}
