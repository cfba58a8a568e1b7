import { showValue, ValueError } from '@chainrule/errors';
import type { Model } from '../steps.ts';
import { PieceTrie } from './pieceTrie.ts';
import { viterbi } from './viterbi.ts';
import { Vocabulary } from './vocabulary.ts';
import { WordBuilder } from './wordBuilder.ts';

/** Options of {@link unigram}. */
export interface UnigramOptions {
  /** Pieces and the logarithms of their probabilities, in the order of their ids. */
  readonly pieces: readonly (readonly [piece: string, score: number])[];
  /** The id of the piece that stands for what is unknown; without one, that is left out. */
  readonly unkId?: number | undefined;
  /** Whether an unknown character becomes tokens such as `<0xE2>` for its bytes; by default false. */
  readonly byteFallback?: boolean;
}

/** What an unknown character costs besides the least likely piece, as in SentencePiece. */
const unknownPenalty = 10;

/**
 * The unigram model: pieces are independent, and a text is cut the way that is most likely. Unknown characters next to
 * one another are one token.
 *
 * Source: Kudo, "Subword Regularization", 2018.
 *
 * @throws ValueError where a score is no number within ±1e100, or `unkId` is no piece's
 * @example
 * const model = unigram({ pieces: [['<unk>', 0], ['a', -2], ['b', -2], ['ab', -3]], unkId: 0 });
 * model.encodeWord('abba?').tokens; // => ['ab','b','a','<unk>']
 */
export function unigram(options: UnigramOptions): Model {
  const { pieces, unkId, byteFallback = false } = options;
  const vocabulary = new Vocabulary(pieces.map(([piece]) => piece));
  const scores = Float64Array.from(pieces, ([, score]) => score);
  // Sums of these are finite.
  const bad = scores.findIndex((score) => !(Math.abs(score) < 1e100));
  if (bad >= 0) throw new ValueError(`unigram: scores must be numbers within ±1e100, got ${scores[bad]} for ${showValue(pieces[bad]![0])}`);
  if (unkId !== undefined && !pieces[unkId]) throw new ValueError(`unigram: \`unkId\` must be the id of one of ${pieces.length} pieces, got ${unkId}`);
  const unknownScore = scores.reduce((least, score) => Math.min(least, score), scores[0] ?? 0) - unknownPenalty;
  if (unkId !== undefined) scores[unkId] = unknownScore;
  const unkToken = unkId === undefined ? undefined : pieces[unkId]![0];
  const unknown = { unkToken, byteFallback, fuseUnk: true };
  const trie = new PieceTrie(pieces.map(([piece]) => piece));
  return {
    vocabulary,
    encodeWord: (word) => {
      const cut = viterbi(word, trie, scores, unknownScore);
      const tokens = new WordBuilder();
      let from = 0;
      for (const [i, to] of cut.ends.entries()) {
        const id = cut.ids[i]!;
        if (id >= 0 && id !== unkId) tokens.push(id, pieces[id]![0], from, to);
        else tokens.pushUnknown(word.slice(from, to), from, to, vocabulary, unknown);
        from = to;
      }
      return tokens;
    },
    toJSON: () => ({ type: 'Unigram', unk_id: unkId ?? null, vocab: pieces.map(([piece, score]) => [piece, score]), byte_fallback: byteFallback }),
  };
}
