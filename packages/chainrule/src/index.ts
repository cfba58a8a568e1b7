export * from '@chainrule/augmentation';
export * from '@chainrule/autograd';
export { startWasm, wasm, type WasmBackend, type WasmOptions, workerSource } from '@chainrule/backend-wasm';
export {
  type Backend,
  type Compiled,
  type CompiledProgram,
  type CompileOptions,
  type Executable,
  hasDefaultBackend,
  type ProfileRow,
  type Program,
  reference,
  setDefaultBackend,
} from '@chainrule/compiler';
export * from '@chainrule/data-loaders';
export * from '@chainrule/embeddings';
export {
  AsyncValueError,
  CaptureError,
  ChainruleError,
  DeviceError,
  DTypeError,
  DuplicatePackageError,
  FormatError,
  MemoryError,
  MissingDataError,
  OptionError,
  ShapeError,
  StateError,
  TrainingError,
  type TrainingFailure,
  ValueError,
} from '@chainrule/errors';
export * from '@chainrule/layers-attention';
export * from '@chainrule/layers-conv';
export {
  type Activation,
  activationWith,
  type BuildContext,
  constant,
  type Constraint,
  type ConstraintOptions,
  type Context,
  defineLayer,
  defineMultiLayer,
  fromValues,
  type GainOptions,
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  identityInitializer,
  type Initializer,
  type InputShape,
  type InputShapes,
  type KernelOptions,
  l1,
  l1l2,
  l2,
  type Layer,
  type LayerContext,
  type LayerSpec,
  lecunNormal,
  lecunUniform,
  maxNorm,
  type MultiLayerSpec,
  type Named,
  nonNeg,
  normal,
  normalizedPositiveDefinite,
  type NormalOptions,
  onesInitializer,
  orthogonal,
  type OutputShape,
  type Regularizer,
  type SameShapeRule,
  type ScaledOptions,
  type SequenceRule,
  type ShapeRule,
  truncatedNormal,
  uniform,
  type UniformOptions,
  unitNorm,
  type Value,
  type WithShapeRule,
  zerosInitializer,
} from '@chainrule/layers-core';
export * from '@chainrule/layers-dense';
export * from '@chainrule/layers-normalization';
export * from '@chainrule/layers-recurrent';
export * from '@chainrule/losses';
export * from '@chainrule/metrics';
export * from '@chainrule/model';
export * from '@chainrule/model-selection';
export * from '@chainrule/optim';
export * from '@chainrule/tensor';
export * from '@chainrule/text-tokenizer';
// Some names have two meanings. Without a namespace they are the layer, not the operation, and the loss, not the metric.
export {
  averagePool1d,
  averagePool2d,
  averagePool3d,
  conv1d,
  conv1dTranspose,
  conv2d,
  conv2dTranspose,
  conv3d,
  depthwiseConv2d,
  maxPool1d,
  maxPool2d,
  maxPool3d,
  separableConv2d,
} from '@chainrule/layers-conv';
export { flatten, reshape } from '@chainrule/layers-dense';
export { meanAbsoluteError, meanSquaredError } from '@chainrule/losses';
// Namespaces hold everything under the names of its own package.
export * as augment from 'chainrule/augment';
export * as constraints from 'chainrule/constraints';
export * as data from 'chainrule/data';
export * as initializers from 'chainrule/initializers';
export * as layers from 'chainrule/layers';
export * as losses from 'chainrule/losses';
export * as metrics from 'chainrule/metrics';
export * as ops from 'chainrule/ops';
export * as optim from 'chainrule/optim';
export * as regularizers from 'chainrule/regularizers';
export * as text from 'chainrule/text';
// A model is one that is trained; a tokenizer's goes by another name.
export type { Json } from '@chainrule/layers-core';
export type { Model } from '@chainrule/model';
export type { Model as TokenizerModel } from '@chainrule/text-tokenizer';
// These compile programs, on WebAssembly unless another backend was set.
export {
  augmentBatch,
  compile,
  decodeModel,
  defaultBackend,
  fastText,
  fromArchitecture,
  functional,
  glove,
  sequential,
  sequentialOf,
  word2vec,
} from './onDefault.ts';
