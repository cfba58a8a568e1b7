export { type DType, type FloatDType, isFloat, type TypedArray } from './array/dtype.ts';
export {
  tensorFromJSON,
  tensorFromTransferable,
  tensorToTransferable,
  type TransferableTensor,
} from './array/serialize.ts';
export { isTensor, type Nested, Tensor, type TensorJSON } from './array/tensor.ts';
export * as scalar from './expr/build.ts';
export type { Expr } from './expr/expr.ts';
export { Variable, type VariableOptions } from './graph/variable.ts';
export { map } from './nodes/map.ts';
export { full, ones, onesLike, tensor, zeros, zerosLike } from './ops/creation/creation.ts';
export { arange, eye, linspace } from './ops/creation/sequences.ts';
export { shapeOf } from './ops/creation/shapeOf.ts';
export { defineOp, type Domain, type Op, type OpDescriptor, type Sampler } from './ops/defineOp.ts';
export * from './ops/index.ts';
export { Generator } from './ops/random/generator.ts';
export type * from './ops/signatures/index.ts';
export { RandomSource } from './random/randomSource.ts';
export type * from './types/index.ts';
