/**
 * Subsampling: the probability to keep each word. Frequent words say little about their context.
 *
 * p = min(1, √(sample / f)) with the word's share f of the corpus (Mikolov et al., "Distributed representations of words and
 * phrases and their compositionality", 2013, equation 5)
 *
 * @param counts - how often each word occurs
 * @param total - words of the corpus
 * @param sample - the share above which words are skipped at random; 0 keeps all
 */
export function keepProbabilities(counts: readonly number[], total: number, sample: number): Float64Array {
  return Float64Array.from(counts, (count) => (sample === 0 ? 1 : Math.min(1, Math.sqrt((sample * total) / count))));
}
