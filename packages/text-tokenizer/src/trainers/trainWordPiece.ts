import { aString } from '@chainrule/errors/check';
import { wordPiece } from '../models/wordPiece.ts';
import type { Model } from '../pipeline.ts';
import { checkTraining } from './checkTraining.ts';
import { learnMerges, mergeChecks, type MergeOptions } from './learnMerges.ts';

/** Options of {@link trainWordPiece}. */
export interface TrainWordPieceOptions extends MergeOptions {
  /** The token for words that the vocabulary cannot spell; by default `[UNK]`. */
  readonly unkToken?: string;
  /** What tokens within a word begin with; by default `##`. */
  readonly continuingSubwordPrefix?: string;
}

/**
 * Learns WordPiece's vocabulary from words, as Hugging Face does: by merging the most frequent pairs as for byte-pair
 * encoding, with tokens within words told apart by their prefix. Google's own trainer was never published.
 *
 * @param counts - how often each word occurs; {@link countWords} counts
 * @throws OptionError for a `vocabSize` out of range
 * @example
 * const model = trainWordPiece(new Map([['low', 5], ['slow', 2]]), { vocabSize: 8 });
 * model.encodeWord('slow').tokens; // => ['s','##l','##ow']
 */
export function trainWordPiece(counts: ReadonlyMap<string, number>, options: TrainWordPieceOptions): Model {
  checkTraining('trainWordPiece', counts, options, {
    ...mergeChecks,
    unkToken: aString,
    continuingSubwordPrefix: aString,
  });
  const { unkToken = '[UNK]', continuingSubwordPrefix = '##', specialTokens = [] } = options;
  const special = specialTokens.includes(unkToken) ? specialTokens : [unkToken, ...specialTokens];
  const { vocab } = learnMerges(
    counts,
    { ...options, specialTokens: special },
    { continuingSubwordPrefix, endOfWordSuffix: '' },
  );
  return wordPiece({ vocab, unkToken, continuingSubwordPrefix });
}
