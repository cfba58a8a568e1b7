export { randomBernoulli } from './randomBernoulli.ts';
export { randomCategorical } from './randomCategorical.ts';
export { randomNormal } from './randomNormal.ts';
export { randomPermutation } from './randomPermutation.ts';
export { randomTruncatedNormal } from './randomTruncatedNormal.ts';
export { randomUniform } from './randomUniform.ts';
export { drawRows, type RowGenerator } from './rowGenerator.ts';
