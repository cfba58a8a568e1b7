export { activate, type Activation, activationName, activationWith } from './activation.ts';
export {
  aLayer,
  anActivation,
  anInitializer,
  aConstraint,
  aRegularizer,
  biasChecks,
  kernelChecks,
  nameCheck,
  type NameOption,
} from './checks.ts';
export { type Configured, describeArguments, type KnownFunctions, type KnownTable, reviveArguments } from './config.ts';
export { type Constraint, type ConstraintOptions, maxNorm, nonNeg, unitNorm } from './constraints.ts';
export { defineLayer, type LayerSpec } from './defineLayer.ts';
export { defineMultiLayer, type MultiLayerSpec, type WeightBuilder, type WeightOptions } from './defineMultiLayer.ts';
export { applyDropout } from './applyDropout.ts';
export { checkRank, checkSequence } from './checkRank.ts';
export {
  configurable,
  type ConfigurableInitializer,
  constant,
  fromValues,
  type Initializer,
  normal,
  type NormalOptions,
  onesInitializer,
  truncatedNormal,
  uniform,
  type UniformOptions,
  zerosInitializer,
} from './initializers.ts';
export { addBias, type BiasOptions, biasWeight, type KernelOptions, kernelWeight } from './kernel.ts';
export { knownFunctions } from './knownFunctions.ts';
export type { BuildContext, ConstrainedVariable, Context, Json, Layer, LayerContext, Named, Value } from './layer.ts';
export { normalizedPositiveDefinite } from './normalizedPositiveDefinite.ts';
export { type GainOptions, identityInitializer, orthogonal } from './orthogonal.ts';
export { l1, l1l2, l2, type Regularizer } from './regularizers.ts';
export type { Saved } from './saved.ts';
export type {
  ExpectRank,
  ExpectSequence,
  FixedRankRule,
  InputShape,
  InputShapes,
  OutputShape,
  SameShapeRule,
  SequenceRule,
  ShapeRule,
  WithShapeRule,
} from './shapeRule.ts';
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  lecunNormal,
  lecunUniform,
  type ScaledOptions,
} from './varianceScaling.ts';
