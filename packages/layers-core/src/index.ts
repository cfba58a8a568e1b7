export { activate, type Activation, activationName } from './activation.ts';
export { describeArguments, type KnownFunctions, type KnownTable, reviveArguments } from './config.ts';
export { type Constraint, type ConstraintOptions, maxNorm, nonNeg, unitNorm } from './constraints.ts';
export {
  checkRebuild, defineLayer, expectCount, expectRank, expectRate, type LayerSpec, requireBuilt, type WeightBuilder, type WeightOptions,
} from './defineLayer.ts';
export {
  configurable, type ConfigurableInitializer, constant, type Initializer, normal, type NormalOptions, onesInitializer, truncatedNormal, uniform,
  type UniformOptions, zerosInitializer,
} from './initializers.ts';
export { addBias, type BiasOptions, biasWeight, type KernelOptions, kernelWeight } from './kernel.ts';
export { knownFunctions } from './knownFunctions.ts';
export type { BuildContext, ConstrainedVariable, Context, Json, Layer, Named, Value } from './layer.ts';
export { type GainOptions, identity, orthogonal } from './orthogonal.ts';
export { l1, l1l2, l2, type Regularizer } from './regularizers.ts';
export type { Saved } from './saved.ts';
export type * from './spatialTypes.ts';
export type * from './types.ts';
export { glorotNormal, glorotUniform, heNormal, heUniform, lecunNormal, lecunUniform } from './varianceScaling.ts';
