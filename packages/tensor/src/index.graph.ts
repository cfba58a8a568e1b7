// `@chainrule/tensor/graph`: for authors of gradients, compilers, backends, layers and losses.
export { aTensor, numberOrNumbers, numbers } from './array/checks.ts';
export { checkLabels, checkPair } from './array/checkTargets.ts';
export { allocate, byteSize } from './array/dtype.ts';
export { quantilesOf } from './array/quantiles.ts';
export { broadcastShapes, normalizeAxes, normalizeAxis, sameShape, sizeOf, stridesOf } from './array/shape.ts';
export { receiveTree, sendTree } from './array/sendTree.ts';
export type { Pending, Scope } from './array/tensor.ts';
export { isBranch, type Tree, treeLeaves, treeMap, treeReplace, treeTensors } from './array/tree.ts';
export { arg, castExpr, exprDType, literal, operandDType, operation, substitute } from './expr/expr.ts';
export { type ScalarOp, scalarOps } from './expr/scalar.ts';
export { evaluateNode, interpret, type InterpretOptions } from './graph/interpret.ts';
export type {
  ConvPass,
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
export { Capture, emit, isTracing, liveNodes, type Tape, withTrace } from './graph/trace.ts';
export type { VariableLike } from './graph/variableLike.ts';
export { alignTargets } from './nodes/alignTargets.ts';
export { argsortNode } from './nodes/argsort.ts';
export { broadcastWeights } from './nodes/broadcastWeights.ts';
export { castNode } from './nodes/cast.ts';
export { concatNode, evaluateConcat } from './nodes/concat.ts';
export { convNode, type ConvWindow } from './nodes/conv.ts';
export { customNode, type CustomOptions } from './nodes/custom.ts';
export { advanceCounter } from './nodes/draws.ts';
export { gatherNode, type IndexingNode, indexMessage, scatterAddNode, takeAlongAxisNode } from './nodes/gather.ts';
export { type BooleanOp, evaluateMap, type IntegerOp, mapNode } from './nodes/map.ts';
export { matmulNode } from './nodes/matmul.ts';
export { averagePoolGradientNode, averagePoolNode, maxPoolNode, type PoolWindow } from './nodes/pool.ts';
export { prefixNode } from './nodes/prefix.ts';
export { randomNode } from './nodes/random.ts';
export { reduceNode } from './nodes/reduce.ts';
export { replayGraph, replayNode } from './nodes/replay.ts';
export { type ScanBody, scanNode } from './nodes/scan.ts';
export { broadcastNode, evaluateView, flipNode, padNode, reshapeNode, sliceNode, transposeNode } from './nodes/view.ts';
export { perAxis, resolveWindow, windowPositions } from './nodes/window.ts';
export { aGenerator } from './ops/random/randomArguments.ts';
export { sampleChecks } from './ops/window/sampleImage.ts';
export { aSeed } from './random/randomSource.ts';
