import { OptionError, showValue, ValueError } from '@chainrule/errors';
import { anything, type Checks } from '@chainrule/errors/check';
import { checkCounts } from './checkOptions.ts';
import { eachSentence, type Sentences } from './sentences.ts';

/** Options of what counts words. */
export interface VocabularyOptions {
  /** Words that occur less often are left out. Default 5. */
  readonly minCount?: number;
  /** How many of the most frequent words are kept. Default all. */
  readonly maxVocab?: number;
}

/** Options that {@link countVocabulary} checks. */
export const vocabularyOptions: Checks<VocabularyOptions> = { minCount: anything, maxVocab: anything };

/** The words of a corpus, most frequent first. */
export interface Vocabulary {
  readonly words: readonly string[];
  /** How often each occurs. */
  readonly counts: readonly number[];
  readonly indices: ReadonlyMap<string, number>;
  /** Words in the corpus, those included that are left out. */
  readonly corpusWords: number;
}

/** Counts words; of words that are equally frequent, the one that came first is first. */
export async function countVocabulary(
  op: string,
  sentences: Sentences,
  { minCount = 5, maxVocab = Infinity }: VocabularyOptions,
): Promise<Vocabulary> {
  checkCounts(op, { minCount, ...(maxVocab !== Infinity && { maxVocab }) });
  const counts = new Map<string, number>();
  let corpusWords = 0;
  for await (const sentence of eachSentence(op, sentences)) {
    corpusWords += sentence.length;
    for (const word of sentence) {
      if (typeof word !== 'string') throw new OptionError(`${op}: tokens must be strings, got ${showValue(word)}`);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const kept = [...counts]
    .filter(([word, count]) => word !== '' && count >= minCount)
    .sort((a, b) => b[1] - a[1])
    .slice(0, maxVocab);
  if (kept.length < 2) {
    throw new ValueError(
      `${op}: \`sentences\` must have two different words or more that occur \`minCount\` = ${minCount} times, got ${kept.length} (${counts.size} words in all); lower \`minCount\`, or pass more text`,
    );
  }
  const words = kept.map(([word]) => word);
  return {
    words,
    counts: kept.map(([, count]) => count),
    indices: new Map(words.map((word, i) => [word, i])),
    corpusWords,
  };
}
