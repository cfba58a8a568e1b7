import { showValue, ValueError } from '@chainrule/errors';
import { aBoolean, aFunction, aString, checkOptions, upToOne } from '@chainrule/errors/check';
import { aVocabulary, pairsOfTokens } from '../checks.ts';
import type { Model } from '../pipeline.ts';
import { MergedWord } from './mergedWord.ts';
import { PairTable } from './pairTable.ts';
import { Vocabulary } from './vocabulary.ts';
import { byteIds, type UnknownOptions } from './wordBuilder.ts';

/** Options of {@link bpe}. */
export interface BpeOptions extends UnknownOptions {
  /** Tokens in the order of their ids, or each with its id. */
  readonly vocab: readonly string[] | ReadonlyMap<string, number>;
  /** Pairs of tokens to merge into one, in the order of their priority. */
  readonly merges: readonly (readonly [string, string])[];
  /** Prefix of characters within a word, such as `##`; by default none. */
  readonly continuingSubwordPrefix?: string;
  /** Suffix of the last character of each word, such as `</w>`; by default none. */
  readonly endOfWordSuffix?: string;
  /** Whether a piece that is in the vocabulary becomes one token at once, without merges; by default false. */
  readonly ignoreMerges?: boolean;
  /** Probability of skipping a merge, so that a text gets different tokens each time; by default 0. */
  readonly dropout?: number;
  /** Draws a number in [0, 1) for `dropout`; by default `Math.random`. */
  readonly random?: () => number;
}

/**
 * Byte-pair encoding: starts with characters and repeatedly merges the pair that comes first in the list, leftmost first,
 * until no pair matches. O(n log n) in the length of the piece. With `dropout`, skips merges at random.
 *
 * Source: Sennrich, Haddow and Birch, "Neural Machine Translation of Rare Words with Subword Units", 2016; Provilkov,
 * Emelianenko and Voita, "BPE-Dropout", 2020.
 *
 * @throws ValueError if the vocabulary lacks a token that a merge needs or gives
 * @throws OptionError if `dropout` is not in [0, 1]
 * @example
 * const model = bpe({ vocab: ['a', 'b', 'ab', 'aba'], merges: [['a', 'b'], ['ab', 'a']] });
 * model.encodeWord('ababa').tokens; // => ['ab','aba']
 */
export function bpe(options: BpeOptions): Model {
  checkOptions(
    'bpe',
    options,
    {
      vocab: aVocabulary,
      merges: pairsOfTokens,
      continuingSubwordPrefix: aString,
      endOfWordSuffix: aString,
      ignoreMerges: aBoolean,
      dropout: upToOne,
      random: aFunction,
      unkToken: aString,
      fuseUnk: aBoolean,
      byteFallback: aBoolean,
    },
    'vocab',
    'merges',
  );
  const {
    merges,
    continuingSubwordPrefix: prefix = '',
    endOfWordSuffix: suffix = '',
    ignoreMerges = false,
    dropout = 0,
    random = Math.random,
  } = options;
  const { unkToken, fuseUnk = false, byteFallback = false } = options;
  const vocabulary = new Vocabulary(options.vocab);
  if (unkToken !== undefined && vocabulary.id(unkToken) === undefined)
    throw new ValueError(`bpe: \`unkToken\` must be in \`vocab\`, got ${showValue(unkToken)}`);
  const pairs = pairsOf(merges, vocabulary, prefix);
  const symbols = symbolizer(vocabulary, prefix, suffix, options);
  return {
    vocabulary,
    isRandom: dropout > 0,
    encodeWord: (word) => {
      aString('encodeWord', 'word', word);
      const whole = ignoreMerges ? vocabulary.id(word) : undefined;
      if (whole !== undefined) return { ids: [whole], tokens: [word], starts: [0], ends: [word.length] };
      return symbols(word)
        .merge(pairs, dropout > 0 ? () => random() < dropout : undefined)
        .build(vocabulary);
    },
    toJSON: () => ({
      type: 'BPE',
      dropout: dropout || null,
      unk_token: unkToken ?? null,
      continuing_subword_prefix: prefix || null,
      end_of_word_suffix: suffix || null,
      fuse_unk: fuseUnk,
      byte_fallback: byteFallback,
      ignore_merges: ignoreMerges,
      vocab: vocabulary.toJSON(),
      merges: merges.map(([left, right]) => [left, right]),
    }),
  };
}

function pairsOf(merges: BpeOptions['merges'], vocabulary: Vocabulary, prefix: string): PairTable {
  const pairs = new PairTable(merges.length);
  for (let rank = 0; rank < merges.length; rank++) {
    const [left, right] = merges[rank]!;
    const id = vocabulary.id(left + right.slice(prefix.length));
    const [first, second] = [vocabulary.id(left), vocabulary.id(right)];
    if (first === undefined || second === undefined || id === undefined) {
      throw new ValueError(
        `bpe: \`vocab\` must contain both tokens of merge ${rank} and the merged token, got ${showValue([left, right])}`,
      );
    }
    // The last entry of a repeated pair counts, as in the libraries that write these files.
    pairs.set(first, second, { rank, id });
  }
  return pairs;
}

/** Makes the symbols with which merging starts: characters, and bytes or the unknown token for unknown characters. */
function symbolizer(
  vocabulary: Vocabulary,
  prefix: string,
  suffix: string,
  options: UnknownOptions,
): (word: string) => MergedWord {
  const { unkToken, fuseUnk = false, byteFallback = false } = options;
  const unkId = unkToken === undefined ? undefined : vocabulary.id(unkToken);
  return (word) => {
    const merged = new MergedWord();
    // The start and end of unknown characters without a symbol yet.
    let [unknownFrom, unknownTo] = [-1, -1];
    const flush = (): void => {
      if (unknownFrom >= 0) merged.push(unkId!, unknownFrom, unknownTo);
      unknownFrom = -1;
    };
    let from = 0;
    for (const char of word) {
      const to = from + char.length;
      const symbol = (from > 0 ? prefix : '') + char + (to === word.length ? suffix : '');
      const id = vocabulary.id(symbol);
      const bytes = id === undefined && byteFallback ? byteIds(symbol, vocabulary) : undefined;
      if (id !== undefined) {
        flush();
        merged.push(id, from, to);
      } else if (bytes) {
        // As in the Rust library, bytes go before the unknown character that they follow.
        for (const byte of bytes) merged.push(byte, from, to);
      } else if (unkId !== undefined) {
        if (!fuseUnk) flush();
        if (unknownFrom < 0) unknownFrom = from;
        unknownTo = to;
      }
      from = to;
    }
    flush();
    return merged;
  };
}
