export {
  batchMoments,
  batchNormalization,
  type BatchNormalizationOptions,
  normalizeBatch,
} from './batchNormalization.ts';
export {
  groupNormalization,
  type GroupNormalizationOptions,
  type InstanceNormalizationOptions,
  normalizeGroups,
  type NormalizeGroupsOptions,
} from './groupNormalization.ts';
export { instanceNormalization, normalizeInstances } from './instanceNormalization.ts';
export {
  layerNormalization,
  type LayerNormalizationOptions,
  normalizeLayer,
  type NormalizeLayerOptions,
} from './layerNormalization.ts';
export { normalizeRms, rmsNormalization, type RmsNormalizationOptions } from './rmsNormalization.ts';
