import { ValueError } from '@chainrule/errors';
import { aCount, checkOptions, checkThat, listOf, oneOf } from '@chainrule/errors/check';

/** The tokens of a sentence: words, or their ids. Tokens are compared with `===`. */
export type Sentence = ArrayLike<string | number>;

/** Options of {@link bleu}. */
export interface BleuOptions {
  /** The greatest length of n-grams. Default 4. */
  readonly maxOrder?: number;
  /**
   * 'none' (default): the score is 0 if no n-gram of some order matches, which is common for few or short sentences. 'addOne':
   * adds 1 to the matches and to the count of each order above 1 (Lin and Och 2004).
   */
  readonly smoothing?: 'none' | 'addOne';
}

/** The n-grams of one order: their number, and the number that also occur in a reference. */
interface Hits {
  count: number;
  right: number;
}

/**
 * The BLEU score of a corpus of translations, in [0, 1] (often given times 100): the precision of n-grams against references.
 *
 * BP·exp(1/N Σₙ ln pₙ) for n = 1 … N. pₙ is the share of the n-grams of all translations that occur in a reference; an n-gram
 * matches at most as often as it occurs in any one reference. BP is 1 if the translations have at least the length of the
 * references, and otherwise exp(1 − r/c), where c is the total length of the translations and r that of the references. For
 * each translation, r uses the reference of the closest length, and the shorter one if two are equally close. (Papineni,
 * Roukos, Ward, Zhu 2002)
 *
 * This is a function of tokens, not a streaming metric. The result depends on the tokenization: compare only scores with the
 * same one.
 *
 * @param translations - one sentence each
 * @param references - one or more sentences for each translation
 * @param options - `maxOrder` (4), `smoothing` ('none')
 * @returns the score, or NaN without translations
 * @throws ValueError for a translation without references; OptionError for an unknown smoothing or an order below 1
 * @example
 * const [cat, other] = ['the cat is on the mat', 'there is a cat on the mat'].map((text) => text.split(' '));
 * bleu([['the', 'cat', 'sat', 'on', 'the', 'mat']], [[cat, other]], { maxOrder: 2 }).toFixed(4); // => 0.7071
 */
export function bleu(
  translations: readonly Sentence[],
  references: readonly (readonly Sentence[])[],
  options: BleuOptions = {},
): number {
  checkOptions('bleu', options, { maxOrder: aCount, smoothing: oneOf('none', 'addOne') });
  const { maxOrder = 4, smoothing = 'none' } = options;
  checkReferences(translations, references);
  if (translations.length === 0) return NaN;
  const orders = Array.from({ length: maxOrder }, (): Hits => ({ count: 0, right: 0 }));
  let [length, wanted] = [0, 0];
  translations.forEach((translation, i) => {
    length += translation.length;
    wanted += nearestLength(translation.length, references[i]!);
    orders.forEach((hits, n) => addHits(hits, translation, references[i]!, n + 1));
  });
  const precisions = orders.map(({ count, right }, n) =>
    smoothing === 'addOne' && n > 0 ? (right + 1) / (count + 1) : right / count,
  );
  // If no sentence is long enough for an order, that order has no matches.
  if (length === 0 || !precisions.every((p) => p > 0)) return 0;
  const brevity = length >= wanted ? 1 : Math.exp(1 - wanted / length);
  return brevity * Math.exp(precisions.reduce((sum, p) => sum + Math.log(p), 0) / maxOrder);
}

const aSentence = /* @__PURE__ */ checkThat(
  'a list of tokens',
  (value) => typeof value === 'object' && Number.isInteger((value as Sentence | null)?.length),
);

function checkReferences(translations: readonly Sentence[], references: readonly (readonly Sentence[])[]): void {
  listOf('a list of sentences', aSentence)('bleu', 'translations', translations);
  listOf('a list of sentences for each translation', listOf('a list of sentences', aSentence))(
    'bleu',
    'references',
    references,
  );
  if (references.length !== translations.length)
    throw new ValueError(
      `bleu: \`references\` must be lists for ${translations.length} translations, got ${references.length}`,
    );
  const bare = references.findIndex((all) => all.length === 0);
  if (bare >= 0)
    throw new ValueError(
      `bleu: \`references\` must hold at least one sentence for each translation, got none at ${bare}`,
    );
}

function nearestLength(length: number, references: readonly Sentence[]): number {
  return references
    .map((reference) => reference.length)
    .reduce((best, other) => {
      const [gap, bestGap] = [Math.abs(other - length), Math.abs(best - length)];
      return gap < bestGap || (gap === bestGap && other < best) ? other : best;
    });
}

function addHits(hits: Hits, translation: Sentence, references: readonly Sentence[], order: number): void {
  const counts = ngrams(translation, order);
  const inReferences = references.map((reference) => ngrams(reference, order));
  for (const [ngram, count] of counts) {
    hits.count += count;
    hits.right += Math.min(count, Math.max(...inReferences.map((all) => all.get(ngram) ?? 0)));
  }
}

/** Counts n-grams. */
function ngrams(sentence: Sentence, order: number): Map<string, number> {
  const tokens = Array.from(sentence, (token) => JSON.stringify(token));
  const counts = new Map<string, number>();
  for (let i = 0; i + order <= tokens.length; i++) {
    const ngram = tokens.slice(i, i + order).join();
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}
