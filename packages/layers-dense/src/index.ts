export { activation } from './activation.ts';
export { dense, type DenseOptions } from './dense.ts';
export { dropout } from './dropout.ts';
export { embedding, type EmbeddingOptions } from './embedding.ts';
export { flatten } from './flatten.ts';
export { rescaling } from './rescaling.ts';
