import { similarityPairs } from './checks.ts';
import { pearson, spearman } from './correlation.ts';
import { lookUp } from './lookUp.ts';
import type { SimilarityPair } from './similarityPairs.ts';
import { aWordVectors, type WordVectors } from '../vectors/wordVectors.ts';

/** Agreement of cosine similarities with human ratings. */
export interface SimilarityResult {
  /** Correlation of the ranks; NaN if fewer than two pairs are known. */
  readonly spearman: number;
  /** Correlation of the values; NaN if fewer than two pairs are known. */
  readonly pearson: number;
  /** Number of pairs whose words both have vectors. */
  readonly found: number;
  /** Number of all pairs. */
  readonly total: number;
}

/**
 * Compares cosine similarities with human ratings. If a word has no vector, its lowercase form is used. Pairs with unknown
 * words do not count.
 *
 * @example
 * const vectors = new WordVectors(['a', 'b', 'c'], tensor([[1, 0], [1, 0.1], [0, 1]]));
 * const pairs = [{ a: 'a', b: 'b', score: 9 }, { a: 'A', b: 'c', score: 1 }, { a: 'b', b: 'c', score: 2 }, { a: 'a', b: 'd', score: 5 }];
 * const { spearman, found, total } = evaluateSimilarity(vectors, pairs);
 * [spearman, found, total]; // => [1,3,4]
 */
export function evaluateSimilarity(vectors: WordVectors, pairs: readonly SimilarityPair[]): SimilarityResult {
  aWordVectors('evaluateSimilarity', 'vectors', vectors);
  similarityPairs('evaluateSimilarity', 'pairs', pairs);
  const known = pairs.flatMap(({ a, b, score }) => {
    const [x, y] = [lookUp(vectors, a), lookUp(vectors, b)];
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
