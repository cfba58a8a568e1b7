export type { LossOptions } from './averageLoss.ts';
export { type CrossEntropyOptions, sparseCategoricalCrossEntropy } from './sparseCategoricalCrossEntropy.ts';
