import { aFiniteNumber, type Check, integerFrom, numberThat, oneOf } from '@chainrule/errors/check';
import { philox4x32 } from './philox.ts';

/** The purposes that numbers are drawn for. Each has its own numbers for every seed. */
const purposes = {
  shuffle: 0,
  labels: 1,
  digit: 2,
  split: 3,
  points: 4,
  centres: 5,
  signals: 6,
  windows: 7,
  pairs: 8,
  missing: 9,
  texts: 10,
  augmentation: 11,
  search: 12,
} as const;

const aPurpose: Check = (...given) => oneOf(...Object.keys(purposes))(...given);
const fromZero = /* @__PURE__ */ integerFrom(0);
const aBound = /* @__PURE__ */ numberThat(
  'an integer in [1, 2³²]',
  (value) => Number.isInteger(value) && value >= 1 && value <= 2 ** 32,
);

/** Word 3 of Philox's counter. It is 0 in `Generator`, so the two never produce the same block. */
const domain = 0x64617461;

/**
 * Random numbers in JavaScript, for data: shuffling, sampling, splits. For tensors use `Generator`. The same seed,
 * purpose and index give the same numbers everywhere. Each triple is an independent source, so epoch 7 or image 7 does
 * not need the draws before it.
 *
 * @example
 * new RandomSource(1, 'shuffle', 0).below(6) === new RandomSource(1, 'shuffle', 0).below(6); // => true
 */
export class RandomSource {
  readonly #key: readonly [number, number];
  readonly #counter: [number, number, number, number];
  readonly #words: Int32Array = new Int32Array(4);
  #at = 4;
  #spare: number | undefined;

  /**
   * @param seed - an integer, checked by {@link aSeed}
   * @param index - the number of the source, an integer of at least 0
   */
  constructor(seed: number, purpose: keyof typeof purposes, index: number) {
    aSeed('RandomSource', 'seed', seed);
    aPurpose('RandomSource', 'purpose', purpose);
    fromZero('RandomSource', 'index', index);
    this.#key = [seed | 0, Math.floor(seed / 2 ** 32) | 0];
    this.#counter = [0, index | 0, purposes[purpose], domain];
  }

  /** 32 random bits, as an integer in [0, 2³²). */
  bits(): number {
    if (this.#at === 4) {
      philox4x32(this.#key, this.#counter, this.#words);
      this.#counter[0] += 1;
      this.#at = 0;
    }
    return this.#words[this.#at++]! >>> 0;
  }

  /** A number in [low, high) from 24 random bits. */
  uniform(low = 0, high = 1): number {
    aFiniteNumber('uniform', 'low', low);
    aFiniteNumber('uniform', 'high', high);
    return low + (high - low) * ((this.bits() >>> 8) / 2 ** 24);
  }

  /** An integer in [0, n), uniformly distributed: draws that would make small integers more likely are rejected. */
  below(n: number): number {
    aBound('below', 'n', n);
    const surplus = 2 ** 32 % n;
    let bits = this.bits();
    while (bits < surplus) bits = this.bits();
    return bits % n;
  }

  /** A number from the normal distribution of mean 0 and standard deviation 1 (Box, Muller, 1958). */
  normal(): number {
    const spare = this.#spare;
    this.#spare = undefined;
    if (spare !== undefined) return spare;
    const radius = Math.sqrt(-2 * Math.log(1 - this.uniform()));
    const angle = 2 * Math.PI * this.uniform();
    this.#spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** The integers from 0 to n − 1 in a random order (Fisher, Yates; Durstenfeld's algorithm 235, 1964). */
  permutation(n: number): Int32Array {
    fromZero('permutation', 'n', n);
    const order = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      const j = this.below(i + 1);
      const last = order[i]!;
      order[i] = order[j]!;
      order[j] = last;
    }
    return order;
  }
}

/** Checks the seed of random numbers. */
export const aSeed: Check = /* @__PURE__ */ numberThat('an integer', Number.isSafeInteger);
