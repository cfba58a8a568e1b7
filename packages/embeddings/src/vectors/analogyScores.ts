import { normOf } from './unitVectors.ts';

/**
 * Scoring of analogies. `3CosAdd`: the cosine to the sum of the positive unit vectors minus the negative ones (Mikolov, Yih,
 * Zweig 2013). `3CosMul`: the product of the positive cosines divided by the product of the negative ones plus 0.001, with
 * cosines shifted to [0, 1] (Levy, Goldberg 2014).
 */
export type AnalogyMethod = '3CosAdd' | '3CosMul';

/** Scores all words, given their cosines to each word of the query. The first `positive` cosines are of positive words. */
export function analogyScores(cosines: readonly Float32Array[], positive: number, method: AnalogyMethod): Float32Array {
  const scores = new Float32Array(cosines[0]!.length);
  for (let word = 0; word < scores.length; word++) {
    if (method === '3CosAdd')
      scores[word] = cosines.reduce((sum, c, i) => sum + (i < positive ? c[word]! : -c[word]!), 0);
    else
      scores[word] = cosines.reduce(
        (product, c, i) => (i < positive ? product * shifted(c[word]!) : product / (shifted(c[word]!) + 0.001)),
        1,
      );
  }
  return scores;
}

const shifted = (cosine: number): number => (cosine + 1) / 2;

/** Divides the sums of `3CosAdd` by the norm of the query, so that they are cosines. */
export function scaleToCosine(scores: Float32Array, units: readonly Float32Array[], positive: number): void {
  const sum = units[0]!.map((_, k) =>
    units.reduce((total, unit, i) => total + (i < positive ? unit[k]! : -unit[k]!), 0),
  );
  const norm = normOf(sum);
  if (norm > 0) scores.forEach((score, i) => (scores[i] = score / norm));
}
