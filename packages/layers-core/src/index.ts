export { activate, type Activation, activationName } from './activation.ts';
export { describeArguments, type KnownFunctions, reviveArguments } from './config.ts';
export {
  checkRebuild, defineLayer, expectCount, expectRank, expectRate, type LayerSpec, requireBuilt, type WeightBuilder,
} from './defineLayer.ts';
export {
  constant, glorotUniform, heUniform, type Initializer, onesInitializer, orthogonal, uniform, zerosInitializer,
} from './initializers.ts';
export type { BuildContext, Context, Json, Layer, Named, Value } from './layer.ts';
export type * from './types.ts';
