import type { WordVectors } from '../vectors/wordVectors.ts';

/** The word, or else its lowercase form, if that has a vector. */
export function lookUp(vectors: WordVectors, word: string): string | undefined {
  return [word, word.toLowerCase()].find((form) => vectors.has(form));
}
