import { aString } from '@chainrule/errors/check';
import { byteLetters } from '../byteLetters.ts';
import { bpe } from '../models/bpe.ts';
import type { Model } from '../pipeline.ts';
import { checkTraining } from './checkTraining.ts';
import { learnMerges, mergeChecks, type MergeOptions } from './learnMerges.ts';

/** Options of {@link trainBpe}. */
export interface TrainBpeOptions extends MergeOptions {
  /** The special token for unknown characters; by default none. */
  readonly unkToken?: string;
  /** Suffix of the last character of each word; by default none. */
  readonly endOfWordSuffix?: string;
}

/** The letters of all bytes. With them as `initialAlphabet`, a byte-level model knows every text. */
export const byteAlphabet: readonly string[] = byteLetters;

/**
 * Trains byte-pair encoding on words. The vocabulary holds special tokens, then characters, then one token per merge.
 *
 * @param counts - the frequency of each word, such as {@link countWords} returns
 * @throws OptionError if `vocabSize` is too small for the special tokens and characters
 * @example
 * const model = trainBpe(new Map([['low', 5], ['lower', 2]]), { vocabSize: 7 });
 * model.encodeWord('lower').tokens; // => ['low','e','r']
 */
export function trainBpe(counts: ReadonlyMap<string, number>, options: TrainBpeOptions): Model {
  checkTraining('trainBpe', counts, options, { ...mergeChecks, unkToken: aString, endOfWordSuffix: aString });
  const { unkToken, endOfWordSuffix = '', specialTokens = [] } = options;
  const special =
    unkToken === undefined || specialTokens.includes(unkToken) ? specialTokens : [unkToken, ...specialTokens];
  const { vocab, merges } = learnMerges(
    'trainBpe',
    counts,
    { ...options, specialTokens: special },
    { continuingSubwordPrefix: '', endOfWordSuffix },
  );
  return bpe({ vocab, merges, unkToken, endOfWordSuffix });
}
