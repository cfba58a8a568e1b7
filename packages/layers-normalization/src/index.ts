export { batchMoments, batchNormalization, type BatchNormalizationOptions, normalizeBatch } from './batchNormalization.ts';
