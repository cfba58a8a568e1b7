import { ValueError } from '@chainrule/errors';
import { aCount, checkOptions, checkThat, listOf, oneOf } from '@chainrule/errors/check';

/** The tokens of a sentence: words, or their numbers. Tokens are equal where `===` says so. */
export type Sentence = ArrayLike<string | number>;

/** Options of {@link bleu}. */
export interface BleuOptions {
  /** The longest n-grams that are counted. Default 4. */
  readonly maxOrder?: number;
  /**
   * 'none' (default): 0 where no n-gram of some order fits, which is common for few or short sentences. 'addOne': 1 is added to
   * the hits and to the count of each order above 1 (Lin and Och 2004).
   */
  readonly smoothing?: 'none' | 'addOne';
}

/** Of the n-grams of one order: how many there are, and how many a reference has too. */
interface Hits {
  count: number;
  right: number;
}

/**
 * BLEU of a corpus: how many n-grams of translations occur in references, in [0, 1]. (Often given times 100.)
 *
 * BP·exp(1/N Σₙ ln pₙ) for n = 1 … N. pₙ is the part of all the translations' n-grams that are in a reference, each counted
 * at most as often as in that of the references that has it most often. BP is 1 where the translations are at least as long
 * as the references, else exp(1 − r/c), c the length of all translations, r that of the references nearest to them in
 * length, of two that are equally near the shorter one. (Papineni, Roukos, Ward, Zhu 2002)
 *
 * A function of tokens on the host, not a streaming metric. What counts as a token changes the result: compare figures of
 * one way to cut words only.
 *
 * @param translations - one a sentence
 * @param references - one or more for each translation
 * @param options - `maxOrder` (4), `smoothing` ('none')
 * @returns NaN for no translations
 * @throws ValueError for a translation without references; OptionError for another smoothing or an order below 1
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
  // An order that nothing has n-grams of fits nowhere.
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

/** How often each n-gram occurs. */
function ngrams(sentence: Sentence, order: number): Map<string, number> {
  const tokens = Array.from(sentence, (token) => JSON.stringify(token));
  const counts = new Map<string, number>();
  for (let i = 0; i + order <= tokens.length; i++) {
    const ngram = tokens.slice(i, i + order).join();
    counts.set(ngram, (counts.get(ngram) ?? 0) + 1);
  }
  return counts;
}
