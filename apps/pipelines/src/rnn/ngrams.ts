/** A model that predicts tokens from the few before them. */
export interface Ngrams {
  /** The mean of −ln p over the tokens of sequences, all but the first of each. */
  loss(sequences: readonly (readonly number[])[]): number;
}

/**
 * Counts n-grams of up to `order` tokens, and smooths them by Witten and Bell (1991): p(w | h) = (c(hw) + t(h) p(w | h′)) / (c(h) + t(h)),
 * where t(h) is the number of different tokens after h, and h′ is h without its first token. Before them all stands 1 / vocabulary.
 */
export function ngrams(
  sequences: readonly (readonly number[])[],
  { order, vocabulary }: { readonly order: number; readonly vocabulary: number },
): Ngrams {
  const counts = new Map<string, Map<number, number>>();
  for (const sequence of sequences)
    for (let at = 1; at < sequence.length; at++)
      for (let size = 0; size < order && size <= at; size++) {
        const history = sequence.slice(at - size, at).join();
        const after = counts.get(history) ?? new Map<number, number>();
        counts.set(history, after.set(sequence[at]!, (after.get(sequence[at]!) ?? 0) + 1));
      }
  const totals = new Map([...counts].map(([history, after]) => [history, sumOf(after.values())] as const));
  const probability = (sequence: readonly number[], at: number): number => {
    let p = 1 / vocabulary;
    for (let size = 0; size < order && size <= at; size++) {
      const history = sequence.slice(at - size, at).join();
      const after = counts.get(history);
      if (!after) break;
      p = ((after.get(sequence[at]!) ?? 0) + after.size * p) / (totals.get(history)! + after.size);
    }
    return p;
  };
  return {
    loss(held) {
      let [sum, count] = [0, 0];
      for (const sequence of held)
        for (let at = 1; at < sequence.length; at++, count++) sum -= Math.log(probability(sequence, at));
      return sum / count;
    },
  };
}

function sumOf(values: Iterable<number>): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
}
