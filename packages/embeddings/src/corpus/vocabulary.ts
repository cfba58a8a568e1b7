import { ValueError } from '@chainrule/errors';
import { aCount, type Checks, refuse } from '@chainrule/errors/check';
import { aLimit } from '../options/checks.ts';
import { eachSentence, type Sentences } from './sentences.ts';

/** Options that select the words of the vocabulary. */
export interface VocabularyOptions {
  /** Drop words that occur less often. Default 5. */
  readonly minCount?: number;
  /** Keep at most this many words, the most frequent ones. Default all. */
  readonly maxVocab?: number;
}

export const vocabularyChecks: Checks<VocabularyOptions> = { minCount: aCount, maxVocab: aLimit };

/** The words of a corpus, most frequent first. */
export interface Vocabulary {
  readonly words: readonly string[];
  /** The number of occurrences of each word. */
  readonly counts: readonly number[];
  readonly indices: ReadonlyMap<string, number>;
  /** Number of words in the corpus, including dropped ones. */
  readonly corpusWords: number;
}

/**
 * Counts the words of a corpus. Words with equal counts keep the order of their first occurrence.
 *
 * @throws ValueError if fewer than two words are frequent enough
 */
export async function countVocabulary(
  op: string,
  sentences: Sentences,
  { minCount = 5, maxVocab = Infinity }: VocabularyOptions,
): Promise<Vocabulary> {
  const counts = new Map<string, number>();
  let corpusWords = 0;
  for await (const sentence of eachSentence(op, sentences)) {
    corpusWords += sentence.length;
    for (const word of sentence) {
      if (typeof word !== 'string') refuse(op, 'sentences', 'lists of strings', word);
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const kept = [...counts]
    .filter(([word, count]) => word !== '' && count >= minCount)
    .sort((a, b) => b[1] - a[1])
    .slice(0, maxVocab);
  if (kept.length < 2) {
    throw new ValueError(
      `${op}: \`sentences\` must have at least two different words that occur \`minCount\` = ${minCount} times, got ${kept.length} of ${counts.size} words; lower \`minCount\`, or pass more text`,
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
