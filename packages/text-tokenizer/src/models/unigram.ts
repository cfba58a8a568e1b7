import { showValue, ValueError } from '@chainrule/errors';
import { aBoolean, aString, checkOptions, integerFrom } from '@chainrule/errors/check';
import { scoredPieces } from '../checks.ts';
import type { Model } from '../pipeline.ts';
import { PieceTrie } from './pieceTrie.ts';
import { viterbi } from './viterbi.ts';
import { Vocabulary } from './vocabulary.ts';
import { byteIds, WordBuilder } from './wordBuilder.ts';

/** Options of {@link unigram}. */
export interface UnigramOptions {
  /** Pieces with their log probabilities, in the order of their ids. */
  readonly pieces: readonly (readonly [piece: string, score: number])[];
  /** The id of the piece for unknown characters. Without it, they are dropped. */
  readonly unkId?: number | undefined;
  /** Whether an unknown character becomes tokens such as `<0xE2>` for its bytes; by default false. */
  readonly byteFallback?: boolean;
}

/** Cost of an unknown character, added to that of the least likely piece, as in SentencePiece. */
const unknownPenalty = 10;

/**
 * The unigram model: treats pieces as independent and picks the most likely segmentation of a text. Adjacent unknown
 * characters become one token. If a piece is listed twice, the last id and score count.
 *
 * Source: Kudo, "Subword Regularization", 2018.
 *
 * @throws ValueError if a score is not within ±1e100, or `unkId` is not the id of a piece
 * @example
 * const model = unigram({ pieces: [['<unk>', 0], ['a', -2], ['b', -2], ['ab', -3]], unkId: 0 });
 * model.encodeWord('abba?').tokens; // => ['ab','b','a','<unk>']
 */
export function unigram(options: UnigramOptions): Model {
  checkOptions('unigram', options, { pieces: scoredPieces, unkId: integerFrom(0), byteFallback: aBoolean }, 'pieces');
  const { pieces, unkId, byteFallback = false } = options;
  const vocabulary = new Vocabulary(
    pieces.map(([piece]) => piece),
    { repeats: true },
  );
  const scores = Float64Array.from(pieces, ([, score]) => score);
  // Sums of these are finite.
  const bad = scores.findIndex((score) => !(Math.abs(score) < 1e100));
  if (bad >= 0)
    throw new ValueError(
      `unigram: scores must be numbers within ±1e100, got ${scores[bad]} for ${showValue(pieces[bad]![0])}`,
    );
  if (unkId !== undefined && !pieces[unkId])
    throw new ValueError(`unigram: \`unkId\` must be the id of one of ${pieces.length} pieces, got ${unkId}`);
  const unknownScore = scores.reduce((least, score) => Math.min(least, score), scores[0] ?? 0) - unknownPenalty;
  const trie = new PieceTrie(pieces.map(([piece]) => piece));
  const pushUnknown = (tokens: WordBuilder, text: string, from: number): void => {
    const to = from + text.length;
    // An unknown part of the best segmentation may still be a piece as a whole, as in the Rust library.
    const known = vocabulary.id(text);
    const bytes = known === undefined && byteFallback ? byteIds(text, vocabulary) : undefined;
    if (known !== undefined) tokens.push(known, text, from, to);
    else if (bytes) for (const byte of bytes) tokens.push(byte, vocabulary.token(byte)!, from, to);
    else if (unkId !== undefined) tokens.push(unkId, pieces[unkId]![0], from, to);
  };
  return {
    vocabulary,
    encodeWord: (word) => {
      aString('encodeWord', 'word', word);
      const best = viterbi(word, trie, scores, unknownScore);
      const tokens = new WordBuilder();
      const isUnknown = (i: number): boolean => i < best.ids.length && (best.ids[i]! < 0 || best.ids[i] === unkId);
      let from = 0;
      for (const [i, to] of best.ends.entries()) {
        const id = best.ids[i]!;
        if (!isUnknown(i)) tokens.push(id, pieces[id]![0], from, to);
        else if (isUnknown(i + 1)) continue;
        else pushUnknown(tokens, word.slice(from, to), from);
        from = to;
      }
      return tokens;
    },
    toJSON: () => ({
      type: 'Unigram',
      unk_id: unkId ?? null,
      vocab: pieces.map(([piece, score]) => [piece, score]),
      byte_fallback: byteFallback,
    }),
  };
}
