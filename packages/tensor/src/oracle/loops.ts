import { allocate, type DType, type TypedArray } from '../array/dtype.ts';
import type { NodeKind, NodeOf } from '../graph/node.ts';
import { sizeOf } from '../array/shape.ts';

/** Evaluates a graph inside a node, such as the body of a scan. */
export type RunGraph = (graph: NodeOf<'custom'>['attrs']['body'], args: readonly TypedArray[]) => TypedArray[];

/** The oracle's evaluator of one kind of node. */
export type OracleEvaluate<K extends NodeKind> = (
  node: NodeOf<K>,
  inputs: readonly TypedArray[],
  run: RunGraph,
) => TypedArray[];

/** Replaces float32 by float64: the oracle does not use float32. */
export function promoted(dtype: DType): Exclude<DType, 'float32'> {
  return dtype === 'float32' ? 'float64' : dtype;
}

/** Zeros for the output `which` of a node. */
export function blank(node: { readonly types: NodeOf<NodeKind>['types'] }, which = 0): TypedArray {
  const { shape, dtype } = node.types[which]!;
  return allocate(promoted(dtype), sizeOf(shape));
}

/** Visits every multi-index of `shape` in row-major order; `at` is its position. */
export function eachIndex(shape: readonly number[], visit: (index: readonly number[], at: number) => void): void {
  const size = sizeOf(shape);
  for (let at = 0; at < size; at++) visit(indexAt(shape, at), at);
}

/** The multi-index of the element at a row-major position. */
function indexAt(shape: readonly number[], at: number): number[] {
  const index: number[] = [];
  let rest = at;
  for (const n of [...shape].reverse()) {
    index.unshift(rest % n);
    rest = Math.floor(rest / n);
  }
  return index;
}

/** Row-major position of a multi-index. */
export function positionOf(shape: readonly number[], index: readonly number[]): number {
  return shape.reduce((at, n, axis) => at * n + index[axis]!, 0);
}

/** The row-major position of the element that a broadcast operand has at `index` of the result. */
export function broadcastPosition(shape: readonly number[], index: readonly number[]): number {
  const own = shape.length === 0 ? [] : index.slice(-shape.length);
  return positionOf(
    shape,
    own.map((i, axis) => (shape[axis] === 1 ? 0 : i)),
  );
}

/** Sum and product of two elements; int32 wraps. */
export const arithmetic = {
  add: (dtype: DType, a: number, b: number): number => (dtype === 'int32' ? wrap(BigInt(a) + BigInt(b)) : a + b),
  mul: (dtype: DType, a: number, b: number): number => (dtype === 'int32' ? wrap(BigInt(a) * BigInt(b)) : a * b),
};

function wrap(x: bigint): number {
  return Number(BigInt.asIntN(32, x));
}
