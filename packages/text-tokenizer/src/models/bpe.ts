import { showValue, ValueError } from '@chainrule/errors';
import type { Word } from '../encoding.ts';
import type { Model } from '../steps.ts';
import { MinHeap } from './minHeap.ts';
import { idLimit, Vocabulary } from './vocabulary.ts';
import { type UnknownOptions, WordBuilder } from './wordBuilder.ts';

/** Options of {@link bpe}. */
export interface BpeOptions extends UnknownOptions {
  /** Tokens in the order of their ids, or each with its id. */
  readonly vocab: readonly string[] | ReadonlyMap<string, number>;
  /** Pairs of tokens that become one, the first to be merged first. */
  readonly merges: readonly (readonly [string, string])[];
  /** What the last character of each word ends in, such as `</w>`; by default nothing. */
  readonly endOfWordSuffix?: string;
  /** Whether a piece that is a token is taken as it is, unmerged; by default false. */
  readonly ignoreMerges?: boolean;
}

/** A merge in the order of the list, and what comes of it. */
interface Merge {
  readonly rank: number;
  readonly id: number;
}

/** Places in a piece, and the merge at a place, share one number in the heap. */
const placeLimit = 2 ** 26;

const keyOf = (left: number, right: number): number => left * idLimit + right;

/**
 * Byte-pair encoding: begins with characters, and merges the pair that stands first in the list, the leftmost of
 * several, until none is left. O(n log n) in the length of the piece.
 *
 * Source: Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units", 2016.
 *
 * @throws ValueError where a merge needs or gives a token that the vocabulary lacks
 * @example
 * const model = bpe({ vocab: ['a', 'b', 'ab', 'aba'], merges: [['a', 'b'], ['ab', 'a']] });
 * model.encodeWord('ababa').tokens; // => ['ab','aba']
 */
export function bpe(options: BpeOptions): Model {
  const { merges, endOfWordSuffix = '', ignoreMerges = false, unkToken, fuseUnk = false, byteFallback = false } = options;
  const vocabulary = new Vocabulary(options.vocab);
  if (unkToken !== undefined && vocabulary.id(unkToken) === undefined) throw new ValueError(`bpe: \`unkToken\` must be in \`vocab\`, got ${showValue(unkToken)}`);
  const ranks = rankMerges(merges, vocabulary);
  return {
    vocabulary,
    encodeWord: (word) => {
      const whole = ignoreMerges ? vocabulary.id(word) : undefined;
      if (whole !== undefined) return { ids: [whole], tokens: [word], starts: [0], ends: [word.length] };
      return new MergedWord(word, vocabulary, endOfWordSuffix).merge(ranks).build(options);
    },
    toJSON: () => ({
      type: 'BPE',
      dropout: null,
      unk_token: unkToken ?? null,
      continuing_subword_prefix: null,
      end_of_word_suffix: endOfWordSuffix || null,
      fuse_unk: fuseUnk,
      byte_fallback: byteFallback,
      ignore_merges: ignoreMerges,
      vocab: vocabulary.toJSON(),
      merges: merges.map(([left, right]) => [left, right]),
    }),
  };
}

function rankMerges(merges: BpeOptions['merges'], vocabulary: Vocabulary): Map<number, Merge> {
  const ranks = new Map<number, Merge>();
  for (const [rank, [left, right]] of merges.entries()) {
    const [first, second, id] = [left, right, left + right].map((token) => vocabulary.id(token));
    if (first === undefined || second === undefined || id === undefined) {
      throw new ValueError(`bpe: \`vocab\` must hold what merge ${rank} needs and gives, got ${showValue([left, right])}`);
    }
    // A pair that is listed twice counts as it was listed last, as in the libraries that write these files.
    ranks.set(keyOf(first, second), { rank, id });
  }
  return ranks;
}

/** A piece as a list of symbols, linked both ways, and a heap of the merges that may be done. */
class MergedWord {
  readonly #word: string;
  readonly #vocabulary: Vocabulary;
  /** By the symbol's first place: its id, −1 if it is unknown, −2 once it is part of the symbol before; its neighbours; where it begins and ends. */
  readonly #ids: number[] = [];
  readonly #next: number[] = [];
  readonly #previous: number[] = [];
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #heap = new MinHeap();

  constructor(word: string, vocabulary: Vocabulary, suffix: string) {
    this.#word = word;
    this.#vocabulary = vocabulary;
    let at = 0;
    for (const char of word) {
      const end = at + char.length;
      const place = this.#ids.length;
      this.#ids.push(vocabulary.id(end === word.length ? char + suffix : char) ?? -1);
      this.#previous.push(place - 1);
      this.#next.push(end === word.length ? -1 : place + 1);
      this.#starts.push(at);
      this.#ends.push(end);
      at = end;
    }
  }

  merge(ranks: ReadonlyMap<number, Merge>): this {
    const [ids, next, previous, heap] = [this.#ids, this.#next, this.#previous, this.#heap];
    const offer = (place: number): void => {
      const right = place < 0 ? -1 : next[place]!;
      if (right < 0 || ids[place]! < 0 || ids[right]! < 0) return;
      const merge = ranks.get(keyOf(ids[place]!, ids[right]!));
      if (merge) heap.push(merge.rank * placeLimit + place);
    };
    for (let place = 0; place < ids.length; place++) offer(place);
    while (heap.size) {
      const item = heap.pop();
      const place = item % placeLimit;
      const right = next[place]!;
      if (ids[place]! < 0 || right < 0) continue;
      const merge = ranks.get(keyOf(ids[place]!, ids[right]!));
      // The pair that was offered may have gone into other merges.
      if (!merge || merge.rank !== Math.floor(item / placeLimit)) continue;
      ids[place] = merge.id;
      ids[right] = -2;
      this.#ends[place] = this.#ends[right]!;
      next[place] = next[right]!;
      if (next[place] >= 0) previous[next[place]] = place;
      offer(previous[place]!);
      offer(place);
    }
    return this;
  }

  build(options: UnknownOptions): Word {
    const word = new WordBuilder();
    for (let place = this.#ids.length ? 0 : -1; place >= 0; place = this.#next[place]!) {
      const [id, from, to] = [this.#ids[place]!, this.#starts[place]!, this.#ends[place]!];
      if (id >= 0) word.push(id, this.#vocabulary.token(id)!, from, to);
      else word.pushUnknown(this.#word.slice(from, to), from, to, this.#vocabulary, options);
    }
    return word;
  }
}
