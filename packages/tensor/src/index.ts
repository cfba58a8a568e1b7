export { full, ones, onesLike, tensor, zeros, zerosLike } from './core/creation.ts';
export { defineOp, type Domain, type Op, type OpDescriptor, type Sampler } from './core/defineOp.ts';
export { allocate, byteSize, type DType, type FloatDType, isFloat, type TypedArray } from './core/dtype.ts';
export { evaluateNode, interpret, type InterpretOptions } from './core/interpret.ts';
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
} from './core/node.ts';
export { opName, withOpName } from './core/opName.ts';
export { aTensor, numberOrNumbers } from './core/params.ts';
export { replayGraph, replayNode } from './core/replay.ts';
export { arange, eye, linspace } from './core/sequences.ts';
export {
  tensorFromJSON,
  tensorFromTransferable,
  tensorToTransferable,
  type TransferableTensor,
} from './core/serialize.ts';
export { broadcastShapes, normalizeAxes, normalizeAxis, sameShape, sizeOf, stridesOf } from './core/shape.ts';
export { isTensor, type Nested, type Pending, type Scope, Tensor, type TensorJSON } from './core/tensor.ts';
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
} from './core/trace.ts';
export { isBranch, type Tree, treeLeaves, treeMap, treeReplace, treeTensors } from './core/tree.ts';
export { Variable, type VariableOptions } from './core/variable.ts';
export type { VariableLike } from './core/variableLike.ts';
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
export { advance } from './rng/draws.ts';
export { Generator } from './rng/generator.ts';
export { philox4x32 } from './rng/philox.ts';
export { checkSeed, RandomSource } from './rng/randomSource.ts';
export type * from './types/signatures.ts';
export type * from './types/index.ts';
