import type { WordVectors } from './wordVectors.ts';

/** The word, or else its lower case, if that has a vector. */
export function knownForm(vectors: WordVectors, word: string): string | undefined {
  return [word, word.toLowerCase()].find((form) => vectors.has(form));
}
