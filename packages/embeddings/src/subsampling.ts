/**
 * With what probability each word is kept: frequent words tell little of their neighbours.
 *
 * p = min(1, √(sample / f)), f the word's share of the corpus (Mikolov and others, "Distributed representations of words
 * and phrases and their compositionality", 2013, equation 5)
 *
 * @param counts - how often each word occurs
 * @param total - the sum of the counts
 * @param sample - the share from which on words are left out; 0 keeps all
 */
export function keepProbabilities(counts: readonly number[], total: number, sample: number): Float64Array {
  return Float64Array.from(counts, (count) => (sample === 0 ? 1 : Math.min(1, Math.sqrt((sample * total) / count))));
}
