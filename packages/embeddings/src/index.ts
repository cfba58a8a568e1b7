export type { Sentences } from './corpus/sentences.ts';
export type { VocabularyOptions } from './corpus/vocabulary.ts';
export { type AnalogySection, readAnalogyQuestions } from './evaluation/analogyQuestions.ts';
export { type AnalogyResult, type AnalogyScore, evaluateAnalogies } from './evaluation/evaluateAnalogies.ts';
export { evaluateSimilarity, type SimilarityResult } from './evaluation/evaluateSimilarity.ts';
export { readSimilarityPairs, type SimilarityPair } from './evaluation/similarityPairs.ts';
export { readBinaryVectors, writeBinaryVectors } from './files/binaryVectors.ts';
export type { ByteSource } from './files/byteReader.ts';
export { readTextVectors, type ReadTextVectorsOptions, writeTextVectors } from './files/textVectors.ts';
export type { ReadVectorsOptions } from './files/vectorCollector.ts';
export { fastText, type FastTextOptions } from './training/fastText.ts';
export { glove, type GloveOptions, type GloveProgress } from './training/glove.ts';
export type { TrainingProgress, WindowOptions } from './training/windowTraining.ts';
export { word2vec } from './training/word2vec.ts';
export type { AnalogyMethod } from './vectors/analogyScores.ts';
export { FastTextVectors, type SubwordTable } from './vectors/fastTextVectors.ts';
export type { SubwordOptions } from './vectors/subwords.ts';
export {
  type AnalogyOptions,
  type AnalogyQuery,
  type EmbeddingMatrixOptions,
  type Neighbor,
  WordVectors,
} from './vectors/wordVectors.ts';
