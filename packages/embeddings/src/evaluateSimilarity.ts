import { pearson, spearman } from './correlation.ts';
import { knownForm } from './knownForm.ts';
import type { SimilarityPair } from './similarityPairs.ts';
import type { WordVectors } from './wordVectors.ts';

/** How well cosines agree with people. */
export interface SimilarityResult {
  /** Correlation of the ranks, and of the values; NaN where fewer than two pairs are known. */
  readonly spearman: number;
  readonly pearson: number;
  /** Pairs of which both words have a vector, and all pairs. */
  readonly found: number;
  readonly total: number;
}

/**
 * Compares cosines with judgements of similarity. A word without a vector is looked up in lower case; pairs that are
 * still not known are left out.
 *
 * @example
 * const vectors = new WordVectors(['a', 'b', 'c'], tensor([[1, 0], [1, 0.1], [0, 1]]));
 * const pairs = [{ a: 'a', b: 'b', score: 9 }, { a: 'A', b: 'c', score: 1 }, { a: 'b', b: 'c', score: 2 }, { a: 'a', b: 'd', score: 5 }];
 * const { spearman, found, total } = evaluateSimilarity(vectors, pairs);
 * [spearman, found, total]; // => [1,3,4]
 */
export function evaluateSimilarity(vectors: WordVectors, pairs: readonly SimilarityPair[]): SimilarityResult {
  const known = pairs.flatMap(({ a, b, score }) => {
    const [x, y] = [knownForm(vectors, a), knownForm(vectors, b)];
    return x === undefined || y === undefined ? [] : [{ cosine: vectors.similarity(x, y), score }];
  });
  const [cosines, scores] = [known.map(({ cosine }) => cosine), known.map(({ score }) => score)];
  return {
    spearman: spearman(cosines, scores),
    pearson: pearson(cosines, scores),
    found: known.length,
    total: pairs.length,
  };
}
