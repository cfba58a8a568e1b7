export { type AnalogySection, readAnalogyQuestions } from './analogyQuestions.ts';
export { readBinaryVectors, writeBinaryVectors } from './binaryVectors.ts';
export type { ByteSource } from './byteReader.ts';
export { type AnalogyResult, type AnalogyScore, evaluateAnalogies } from './evaluateAnalogies.ts';
export { evaluateSimilarity, type SimilarityResult } from './evaluateSimilarity.ts';
export { fastText, type FastTextOptions } from './fastText.ts';
export { FastTextVectors, type SubwordTable } from './fastTextVectors.ts';
export { glove, type GloveOptions, type GloveProgress } from './glove.ts';
export type { Sentences } from './sentences.ts';
export { readSimilarityPairs, type SimilarityPair } from './similarityPairs.ts';
export type { SubwordOptions } from './subwords.ts';
export { readTextVectors, type ReadTextVectorsOptions, writeTextVectors } from './textVectors.ts';
export type { TrainingProgress, WindowOptions } from './trainWindows.ts';
export type { ReadVectorsOptions } from './vectorFile.ts';
export type { VocabularyOptions } from './vocabulary.ts';
export { word2vec } from './word2vec.ts';
export {
  type AnalogyMethod,
  type AnalogyOptions,
  type AnalogyQuery,
  type EmbeddingMatrixOptions,
  type Neighbour,
  WordVectors,
} from './wordVectors.ts';
