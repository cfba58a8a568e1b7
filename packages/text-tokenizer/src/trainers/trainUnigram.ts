import { OptionError } from '@chainrule/errors';
import { aCount, aString } from '@chainrule/errors/check';
import { betweenZeroAndOne } from '../checks.ts';
import { PieceTrie } from '../models/pieceTrie.ts';
import { unigram } from '../models/unigram.ts';
import { viterbi } from '../models/viterbi.ts';
import type { Model } from '../pipeline.ts';
import { checkTraining, type TrainOptions } from './checkTraining.ts';
import { expectedCounts } from './expectedCounts.ts';
import { seedPieces } from './seedPieces.ts';

/** Options of {@link trainUnigram}. */
export interface TrainUnigramOptions extends TrainOptions {
  /** The special token for unknown characters; by default `<unk>`. */
  readonly unkToken?: string;
  /** The greatest length of a piece in characters; by default 16. */
  readonly maxPieceLength?: number;
  /** The number of candidate pieces to start with; by default a million. */
  readonly seedSize?: number;
  /** The share of pieces to keep in each round; by default 0.75. */
  readonly shrinkingFactor?: number;
  /** Steps of expectation and maximization per round; by default 2. */
  readonly subIterations?: number;
}

/** The digamma function, Γ′/Γ, for x > 0, by its recurrence and asymptotic series (Abramowitz and Stegun, 6.3.18). */
function digamma(x: number): number {
  let shift = 0;
  let at = x;
  for (; at < 7; at += 1) shift -= 1 / at;
  const square = 1 / (at * at);
  return shift + Math.log(at) - 0.5 / at - square * (1 / 12 - square * (1 / 120 - square / 252));
}

/** Pieces with a smaller expected count are dropped at once. */
const minExpected = 0.5;

/**
 * Trains a unigram model on words. Starts with many substrings of words as pieces and alternates two steps: it estimates
 * their probabilities by expectation and maximization, and it drops the pieces that reduce the likelihood least. Stops when
 * few enough pieces are left. Keeps all characters.
 *
 * Source: Kudo, "Subword Regularization", 2018. Probabilities by variational Bayes: log p = ψ(count) − ψ(Σ count).
 *
 * @param counts - the frequency of each word, such as {@link countWords} returns
 * @throws OptionError if `vocabSize` is too small for the special tokens and characters
 * @example
 * const words = new Map([['walk', 8], ['walks', 9], ['cook', 9], ['cooks', 7]]);
 * trainUnigram(words, { vocabSize: 10 }).encodeWord('cooks').tokens; // => ['cook','s']
 */
export function trainUnigram(counts: ReadonlyMap<string, number>, options: TrainUnigramOptions): Model {
  checkTraining('trainUnigram', counts, options, {
    unkToken: aString,
    maxPieceLength: aCount,
    seedSize: aCount,
    shrinkingFactor: betweenZeroAndOne,
    subIterations: aCount,
  });
  const {
    vocabSize,
    specialTokens = [],
    unkToken = '<unk>',
    maxPieceLength = 16,
    seedSize = 1e6,
    shrinkingFactor = 0.75,
    subIterations = 2,
  } = options;
  const special = specialTokens.includes(unkToken) ? specialTokens : [unkToken, ...specialTokens];
  const { chars, parts } = seedPieces(counts, maxPieceLength, seedSize);
  const wanted = vocabSize - special.length;
  if (chars.length > wanted) {
    throw new OptionError(
      `trainUnigram: \`vocabSize\` must be at least ${chars.length + special.length}, the number of special tokens and characters, got ${vocabSize}`,
    );
  }
  const pieces = new Pieces([...chars, ...parts], chars.length, counts);
  for (;;) {
    for (let i = 0; i < subIterations; i++) pieces.estimate();
    // Keep a few more than wanted, because the last choice is by probability alone.
    if (pieces.size <= Math.max(wanted * 1.1, chars.length)) break;
    if (!pieces.prune(Math.max(Math.floor(wanted * 1.1), Math.floor(pieces.size * shrinkingFactor)))) break;
  }
  const learned = pieces.best(wanted).filter(([piece]) => !special.includes(piece));
  return unigram({
    pieces: [...special.map((token) => [token, 0] as const), ...learned],
    unkId: special.indexOf(unkToken),
  });
}

/** Pieces with their log probabilities; a dropped piece has −Infinity. Characters come first. */
class Pieces {
  readonly #words: ReadonlyMap<string, number>;
  readonly #texts: string[];
  readonly #trie: PieceTrie;
  readonly #scores: Float64Array;
  readonly #chars: number;

  constructor(seeds: readonly (readonly [string, number])[], chars: number, words: ReadonlyMap<string, number>) {
    this.#words = words;
    this.#texts = seeds.map(([piece]) => piece);
    this.#trie = new PieceTrie(this.#texts);
    this.#chars = chars;
    const total = Math.log(seeds.reduce((sum, [, frequency]) => sum + frequency, 0));
    this.#scores = Float64Array.from(seeds, ([, frequency]) => Math.log(frequency) - total);
  }

  get size(): number {
    return this.#scores.reduce((size, score) => size + (score > -Infinity ? 1 : 0), 0);
  }

  /** One step of expectation and maximization. */
  estimate(): void {
    const { counts } = expectedCounts(this.#words, this.#trie, this.#scores);
    const kept = counts.map((count, id) =>
      id < this.#chars ? Math.max(count, minExpected) : count < minExpected ? 0 : count,
    );
    const total = digamma(kept.reduce((sum, count) => sum + count, 0));
    for (const [id, count] of kept.entries()) this.#scores[id] = count > 0 ? digamma(count) - total : -Infinity;
  }

  /** Drops pieces until at most `size` are left, those that the likelihood needs least first. Returns false if it dropped none. */
  prune(size: number): boolean {
    const [scores, before] = [this.#scores, this.size];
    const frequencies = this.#frequencies();
    const sum = frequencies.reduce((total, frequency) => total + frequency, 0);
    const losses: [id: number, loss: number][] = [];
    for (let id = this.#chars; id < scores.length; id++) {
      if (scores[id] === -Infinity) continue;
      const loss = this.#loss(id, frequencies, sum);
      if (loss > -Infinity) losses.push([id, loss]);
      else scores[id] = -Infinity;
    }
    losses.sort((a, b) => b[1] - a[1]);
    for (const [id] of losses.slice(Math.max(0, size - this.#chars))) scores[id] = -Infinity;
    return this.size < before;
  }

  /** The most likely pieces, including all characters, sorted by probability. */
  best(size: number): [string, number][] {
    const ids = [...this.#scores.keys()].filter((id) => this.#scores[id]! > -Infinity);
    const byScore = (a: number, b: number): number => this.#scores[b]! - this.#scores[a]!;
    const parts = ids
      .filter((id) => id >= this.#chars)
      .sort(byScore)
      .slice(0, size - this.#chars);
    return [...ids.filter((id) => id < this.#chars), ...parts]
      .sort(byScore)
      .map((id) => [this.#texts[id]!, this.#scores[id]!]);
  }

  /** The frequency of each piece in the best segmentations of the words. */
  #frequencies(): Float64Array {
    const frequencies = new Float64Array(this.#scores.length);
    for (const [word, count] of this.#words)
      for (const id of this.#segment(word)) if (id >= 0) frequencies[id]! += count;
    return frequencies;
  }

  /** The mean loss of log likelihood if other pieces replace this one; −Infinity if the best segmentations do not use it. */
  #loss(id: number, frequencies: Float64Array, sum: number): number {
    const text = this.#texts[id]!;
    const frequency = frequencies[id]!;
    if (frequency === 0 || this.#segment(text).length > 1) return -Infinity;
    const others = this.#segment(text, id);
    const sumWithout = Math.log(sum + frequency * (others.length - 1));
    const without = others.reduce(
      (total, other) => total + Math.log((other < 0 ? 0 : frequencies[other]!) + frequency) - sumWithout,
      0,
    );
    return (frequency / sum) * (Math.log(frequency) - Math.log(sum) - without);
  }

  #segment(text: string, without = -1): number[] {
    return viterbi(text, this.#trie, this.#scores, -1e6, without).ids;
  }
}
