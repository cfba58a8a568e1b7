import { OptionError } from '@chainrule/errors';
import { aNumber, type Checks, integerFrom } from '@chainrule/errors/check';
import { strings } from '../checks.ts';
import { MinHeap } from '../models/minHeap.ts';
import { idLimit } from '../models/vocabulary.ts';
import type { TrainOptions } from './checkTraining.ts';

/** Options of the trainers that merge pairs. */
export interface MergeOptions extends TrainOptions {
  /** The least frequency of a pair to merge; by default 2. */
  readonly minFrequency?: number;
  /** Characters that become tokens even if they occur in no word; by default none. */
  readonly initialAlphabet?: readonly string[];
  /** The greatest number of characters to keep, most frequent first; by default unlimited. */
  readonly limitAlphabet?: number;
}

/** The prefix of symbols within a word, and the suffix of the last symbol of a word. */
export interface Affixes {
  readonly continuingSubwordPrefix: string;
  readonly endOfWordSuffix: string;
}

/** The result of training: tokens in the order of their ids, and the merges that made them. */
export interface Merges {
  readonly vocab: string[];
  readonly merges: [string, string][];
}

/** The symbols of all words in one array; −1 for a character outside the alphabet. */
interface Words {
  readonly symbols: Int32Array;
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly counts: Float64Array;
}

export const mergeChecks: Omit<Checks<MergeOptions>, keyof TrainOptions> = {
  minFrequency: aNumber,
  initialAlphabet: strings,
  limitAlphabet: integerFrom(0),
};

/**
 * Repeatedly merges the most frequent pair of adjacent symbols. Of equally frequent pairs, merges the one whose symbols have
 * the lowest ids. A merge updates only the counts that it changes.
 *
 * Source: Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units", 2016.
 */
export function learnMerges(
  op: string,
  counts: ReadonlyMap<string, number>,
  options: MergeOptions,
  affixes: Affixes,
): Merges {
  const { vocabSize, minFrequency = 2 } = options;
  const vocab = new Interned(options.specialTokens ?? []);
  const words = spellWords(counts, alphabetOf(counts, options), vocab, affixes, options.initialAlphabet ?? []);
  if (vocab.tokens.length > vocabSize)
    throw new OptionError(
      `${op}: \`vocabSize\` must be at least ${vocab.tokens.length}, the number of special tokens and characters, got ${vocabSize}; \`limitAlphabet\` keeps only frequent characters`,
    );
  const pairs = new PairCounts(words);
  const merges: [string, string][] = [];
  while (vocab.tokens.length < vocabSize) {
    const best = pairs.best();
    if (!best || best.count < minFrequency) break;
    const [left, right] = [vocab.tokens[best.left]!, vocab.tokens[best.right]!];
    merges.push([left, right]);
    // A different pair may have made the same token before.
    pairs.merge(best.left, best.right, vocab.idOf(left + right.slice(affixes.continuingSubwordPrefix.length)));
  }
  return { vocab: vocab.tokens, merges };
}

/** Assigns ids to tokens in the order in which they first appear. */
class Interned {
  readonly tokens: string[] = [];
  readonly #ids = new Map<string, number>();

  constructor(tokens: readonly string[]) {
    for (const token of tokens) this.idOf(token);
  }

  idOf(token: string): number {
    let id = this.#ids.get(token);
    if (id === undefined) {
      id = this.tokens.push(token) - 1;
      this.#ids.set(token, id);
    }
    return id;
  }
}

/** The characters of the words, up to the limit. */
function alphabetOf(
  counts: ReadonlyMap<string, number>,
  { limitAlphabet = Infinity, initialAlphabet = [] }: MergeOptions,
): ReadonlySet<string> {
  const frequencies = new Map<string, number>();
  for (const [word, count] of counts)
    for (const char of word) frequencies.set(char, (frequencies.get(char) ?? 0) + count);
  for (const char of initialAlphabet) frequencies.set(char, Infinity);
  const chars = [...frequencies].sort((a, b) => (a[1] === b[1] ? 0 : b[1] - a[1])).map(([char]) => char);
  return new Set(chars.slice(0, Math.max(limitAlphabet, initialAlphabet.length)));
}

function spellWords(
  counts: ReadonlyMap<string, number>,
  alphabet: ReadonlySet<string>,
  vocab: Interned,
  affixes: Affixes,
  initial: readonly string[],
): Words {
  const spelt = [...counts].map(([word, count]) => [[...word], count] as const).filter(([chars]) => chars.length);
  const symbolAt = (chars: readonly string[], i: number): string =>
    (i ? affixes.continuingSubwordPrefix : '') + chars[i]! + (i === chars.length - 1 ? affixes.endOfWordSuffix : '');
  const used = new Set(initial);
  for (const [chars] of spelt) chars.forEach((char, i) => alphabet.has(char) && used.add(symbolAt(chars, i)));
  for (const symbol of [...used].sort(byCodePoints)) vocab.idOf(symbol);
  const total = spelt.reduce((sum, [chars]) => sum + chars.length, 0);
  const [symbols, starts, lengths, weights] = [
    new Int32Array(total),
    new Int32Array(spelt.length),
    new Int32Array(spelt.length),
    new Float64Array(spelt.length),
  ];
  let at = 0;
  for (const [w, [chars, count]] of spelt.entries()) {
    [starts[w], lengths[w], weights[w]] = [at, chars.length, count];
    for (let i = 0; i < chars.length; i++)
      symbols[at++] = alphabet.has(chars[i]!) ? vocab.idOf(symbolAt(chars, i)) : -1;
  }
  return { symbols, starts, lengths, counts: weights };
}

function byCodePoints(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference) return difference;
  }
  return left.length - right.length;
}

/** Counts pairs of adjacent symbols, remembers their words, and finds the most frequent pair. */
class PairCounts {
  readonly #words: Words;
  readonly #counts = new Map<number, number>();
  /** The words in which a pair occurred. A merge may have removed it from some; a word may be listed twice. */
  readonly #places = new Map<number, number[]>();
  /** For each count, a heap of the pairs with that count; entries may be outdated. */
  readonly #byCount = new Map<number, MinHeap>();
  readonly #frequencies = new MinHeap();
  readonly #changed = new Set<number>();

  constructor(words: Words) {
    this.#words = words;
    const { symbols, starts, lengths, counts } = words;
    for (let w = 0; w < starts.length; w++) {
      const end = starts[w]! + lengths[w]! - 1;
      for (let i = starts[w]!; i < end; i++) this.#add(symbols[i]!, symbols[i + 1]!, counts[w]!, w);
    }
    this.#enqueueChanged();
  }

  best(): { left: number; right: number; count: number } | undefined {
    while (this.#frequencies.size) {
      const count = -this.#frequencies.pop();
      const heap = this.#byCount.get(count)!;
      while (heap.size) {
        const key = heap.pop();
        if (this.#counts.get(key) !== count) continue;
        this.#frequencies.push(-count);
        return { left: Math.floor(key / idLimit), right: key % idLimit, count };
      }
      this.#byCount.delete(count);
    }
    return undefined;
  }

  /** Merges every `left` followed by `right` into `made`. */
  merge(left: number, right: number, made: number): void {
    const key = left * idLimit + right;
    for (const w of new Set(this.#places.get(key))) this.#mergeIn(w, left, right, made);
    this.#counts.delete(key);
    this.#places.delete(key);
    this.#changed.delete(key);
    this.#enqueueChanged();
  }

  #mergeIn(w: number, left: number, right: number, made: number): void {
    const { symbols, starts, lengths, counts } = this.#words;
    const [start, end, count] = [starts[w]!, starts[w]! + lengths[w]!, counts[w]!];
    let out = start;
    for (let i = start; i < end; i++) {
      if (symbols[i] !== left || i + 1 === end || symbols[i + 1] !== right) {
        symbols[out++] = symbols[i]!;
        continue;
      }
      if (out > start) {
        this.#add(symbols[out - 1]!, left, -count, w);
        this.#add(symbols[out - 1]!, made, count, w);
      }
      if (i + 2 < end) {
        this.#add(right, symbols[i + 2]!, -count, w);
        this.#add(made, symbols[i + 2]!, count, w);
      }
      symbols[out++] = made;
      i += 1;
    }
    lengths[w] = out - start;
  }

  #add(left: number, right: number, count: number, w: number): void {
    if (left < 0 || right < 0) return;
    const key = left * idLimit + right;
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + count);
    this.#changed.add(key);
    if (count < 0) return;
    const places = this.#places.get(key);
    if (!places) this.#places.set(key, [w]);
    else if (places.at(-1) !== w) places.push(w);
  }

  #enqueueChanged(): void {
    for (const key of this.#changed) {
      const count = this.#counts.get(key)!;
      if (count <= 0) {
        this.#counts.delete(key);
        this.#places.delete(key);
        continue;
      }
      let heap = this.#byCount.get(count);
      if (!heap) {
        heap = new MinHeap();
        this.#byCount.set(count, heap);
        this.#frequencies.push(-count);
      }
      heap.push(key);
    }
    this.#changed.clear();
  }
}
