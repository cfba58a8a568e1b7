import { aString } from '@chainrule/errors/check';
import { wordPiece } from '../models/wordPiece.ts';
import type { Model } from '../pipeline.ts';
import { checkTraining } from './checkTraining.ts';
import { learnMerges, mergeChecks, type MergeOptions } from './learnMerges.ts';

/** Options of {@link trainWordPiece}. */
export interface TrainWordPieceOptions extends MergeOptions {
  /** The token for words outside the vocabulary; by default `[UNK]`. */
  readonly unkToken?: string;
  /** Prefix of tokens within a word; by default `##`. */
  readonly continuingSubwordPrefix?: string;
}

/**
 * Trains WordPiece on words, as Hugging Face does: merges the most frequent pairs as in byte-pair encoding, and marks tokens
 * within words by a prefix. Google never published its own trainer.
 *
 * @param counts - the frequency of each word, such as {@link countWords} returns
 * @throws OptionError if `vocabSize` is too small for the special tokens and characters
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
    'trainWordPiece',
    counts,
    { ...options, specialTokens: special },
    { continuingSubwordPrefix, endOfWordSuffix: '' },
  );
  return wordPiece({ vocab, unkToken, continuingSubwordPrefix });
}
