/**
 * Subsampling: the probability with which each word is kept. Frequent words tell little about their context.
 *
 * p = min(1, √(sample / f)) with the word's share f of the corpus (Mikolov et al., "Distributed representations of words and
 * phrases and their compositionality", 2013, equation 5)
 *
 * @param counts - the number of occurrences of each word
 * @param total - the number of words in the corpus
 * @param sample - the share above which words are skipped at random; 0 keeps all
 */
export function keepProbabilities(counts: readonly number[], total: number, sample: number): Float64Array {
  return Float64Array.from(counts, (count) => (sample === 0 ? 1 : Math.min(1, Math.sqrt((sample * total) / count))));
}
