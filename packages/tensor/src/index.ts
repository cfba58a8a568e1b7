export { full, ones, onesLike, tensor, zeros, zerosLike } from './ops/creation/creation.ts';
export { defineOp, type Domain, type Op, type OpDescriptor, type Sampler } from './ops/defineOp.ts';
export { allocate, byteSize, type DType, type FloatDType, isFloat, type TypedArray } from './array/dtype.ts';
export { evaluateNode, interpret, type InterpretOptions } from './graph/interpret.ts';
export type {
  Evaluate,
  Graph,
  Node,
  NodeAttrs,
  NodeKind,
  NodeOf,
  Pullback,
  ReduceOp,
  TensorType,
  ViewAttrs,
  Window,
} from './graph/node.ts';
export { opName, withOpName } from './graph/opName.ts';
export { aTensor, numberOrNumbers } from './array/checks.ts';
export { replayGraph, replayNode } from './nodes/replay.ts';
export { arange, eye, linspace } from './ops/creation/sequences.ts';
export {
  tensorFromJSON,
  tensorFromTransferable,
  tensorToTransferable,
  type TransferableTensor,
} from './array/serialize.ts';
export { broadcastShapes, normalizeAxes, normalizeAxis, sameShape, sizeOf, stridesOf } from './array/shape.ts';
export { isTensor, type Nested, type Pending, type Scope, Tensor, type TensorJSON } from './array/tensor.ts';
export {
  activeCaptures,
  Capture,
  currentCapture,
  emit,
  isTaped,
  isTracing,
  liveNodes,
  type Tape,
  withTrace,
} from './graph/trace.ts';
export { isBranch, type Tree, treeLeaves, treeMap, treeReplace, treeTensors } from './array/tree.ts';
export { Variable, type VariableOptions } from './graph/variable.ts';
export type { VariableLike } from './graph/variableLike.ts';
export * as scalar from './expr/build.ts';
export {
  arg,
  castExpr,
  type Expr,
  exprDType,
  isPredicate,
  literal,
  operandDType,
  operation,
  substitute,
} from './expr/expr.ts';
export { forbidCompilation } from './expr/loop.ts';
export { type ScalarOp, scalarOps } from './expr/scalar.ts';
export { argsortNode } from './nodes/argsort.ts';
export { castNode } from './nodes/cast.ts';
export { concatNode, evaluateConcat } from './nodes/concat.ts';
export { convNode, type ConvWindow } from './nodes/conv.ts';
export { custom, type CustomOptions } from './nodes/custom.ts';
export { gatherNode, indexMessage, type Lookup, scatterAddNode, takeAlongAxisNode } from './nodes/gather.ts';
export { evaluateMap, map, mapExpr } from './nodes/map.ts';
export { matmulNode } from './nodes/matmul.ts';
export { averagePoolAdjoint, averagePoolNode, maxPoolNode, type PoolWindow } from './nodes/pool.ts';
export { prefix } from './nodes/prefix.ts';
export { randomNode } from './nodes/random.ts';
export { reduce } from './nodes/reduce.ts';
export { repeatWeights } from './nodes/repeatWeights.ts';
export { emitScan, type ScanBody, scanNode } from './nodes/scan.ts';
export { broadcastView, evaluateView, flipView, padView, reshapeView, sliceView, transposeView } from './nodes/view.ts';
export { type PaddingOption, perAxis, resolveWindow, windowPositions } from './nodes/window.ts';
export * from './ops/index.ts';
export { advance } from './nodes/draws.ts';
export { Generator } from './ops/random/generator.ts';
export { philox4x32 } from './random/philox.ts';
export { checkSeed, RandomSource } from './random/randomSource.ts';
export type * from './ops/signatures/index.ts';
export type * from './types/index.ts';
