import { DTypeError, ShapeError, showShape, ValueError } from '@chainrule/errors';
import { checkSameDType } from '../array/checkDType.ts';
import { allocate, type TypedArray } from '../array/dtype.ts';
import type { NodeOf } from '../graph/node.ts';
import { opName } from '../graph/opName.ts';
import { sameShape, sizeOf } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';

function checkIndices(indices: Tensor): void {
  if (indices.dtype !== 'int32')
    throw new DTypeError(`${opName()}: \`indices\` must be int32, got ${indices.dtype}; convert them with \`cast\``);
}

/** A node that reads or writes elements by index. */
export type IndexingNode = NodeOf<'gather'> | NodeOf<'takeAlongAxis'> | NodeOf<'scatterAdd'>;

/** Resolves a negative index from the end, unless indices are labels. Throws if the index is out of range. */
function resolveIndex(node: IndexingNode, index: number, size: number): number {
  const at = index < 0 && !node.attrs.labels ? index + size : index;
  if (at >= 0 && at < size) return at;
  throw new ValueError(indexMessage(node, index, size));
}

/** The error message for an index that is out of range. */
export function indexMessage({ kind, op, attrs: { labels } }: IndexingNode, index: number, size: number): string {
  if (labels && kind !== 'gather')
    return `${op}: \`labels\` must be in [0, ${size}), got ${index}; there are ${size} classes, counted from 0`;
  return `${op}: \`indices\` must be in [${labels ? 0 : -size}, ${size}), got ${index}`;
}

/**
 * Node `gather`, NumPy's `take`: `indices` of any shape replace the axis. Negative indices count from the end.
 *
 * @param labels - whether the indices are labels, such as numbers of words: negative ones are errors
 * @example
 * gatherNode(tensor([10, 20]), tensor([1], [1], 'int32'), 0).toArray(); // => 20
 */
export function gatherNode(x: Tensor, indices: Tensor, axis: number, labels = false): Tensor {
  checkIndices(indices);
  const shape = [...x.shape.slice(0, axis), ...indices.shape, ...x.shape.slice(axis + 1)];
  return emit('gather', { axis, labels }, [x, indices], [{ shape, dtype: x.dtype }], evaluateGather)[0]!;
}

export function evaluateGather(node: NodeOf<'gather'>, [x, indices]: readonly TypedArray[]): TypedArray[] {
  const { shape, dtype } = node.types[0]!;
  const out = allocate(dtype, shape, node.op);
  eachRun(node, node.inputs[0]!.shape, indices!, (picked, at, length) => {
    for (let i = 0; i < length; i++) out[picked + i] = x![at + i]!;
  });
  return [out];
}

/** Calls `visit(position in the result, position in x, length)` for each contiguous run that an index selects. */
function eachRun(
  node: NodeOf<'gather'> | NodeOf<'scatterAdd'>,
  x: readonly number[],
  indices: TypedArray,
  visit: (picked: number, at: number, length: number) => void,
): void {
  const { axis } = node.attrs;
  const count = x[axis]!;
  const inner = sizeOf(x.slice(axis + 1));
  const outer = sizeOf(x.slice(0, axis));
  for (let o = 0, picked = 0; o < outer; o++) {
    for (let k = 0; k < indices.length; k++, picked += inner)
      visit(picked, (o * count + resolveIndex(node, indices[k]!, count)) * inner, inner);
  }
}

/**
 * Node `takeAlongAxis`: `out[…, i, …] = x[…, indices[…, i, …], …]`; `indices` has `x`'s shape outside the axis.
 *
 * @param labels - whether the indices are labels: errors call them labels, and negative ones are errors
 */
export function takeAlongAxisNode(x: Tensor, indices: Tensor, axis: number, labels = false): Tensor {
  checkIndices(indices);
  checkAlong(x.shape, indices.shape, axis);
  return emit(
    'takeAlongAxis',
    { axis, labels },
    [x, indices],
    [{ shape: indices.shape, dtype: x.dtype }],
    evaluateTakeAlongAxis,
  )[0]!;
}

function checkAlong(x: readonly number[], indices: readonly number[], axis: number): void {
  if (x.length !== indices.length || x.some((n, i) => i !== axis && n !== indices[i])) {
    throw new ShapeError(
      `${opName()}: \`indices\` must have the shape of \`x\` ${showShape(x)} outside axis ${axis}, got ${showShape(indices)}`,
    );
  }
}

/** Calls `visit(position in indices, position in x)` for each index. */
function eachAlongAxis(
  node: NodeOf<'takeAlongAxis'> | NodeOf<'scatterAdd'>,
  x: readonly number[],
  indices: TypedArray,
  visit: (k: number, at: number) => void,
): void {
  const { axis } = node.attrs;
  const length = node.inputs[1]!.shape[axis]!;
  const count = x[axis]!;
  const inner = sizeOf(x.slice(axis + 1));
  for (let k = 0; k < indices.length; k++) {
    const outer = Math.floor(k / (length * inner));
    visit(k, (outer * count + resolveIndex(node, indices[k]!, count)) * inner + (k % inner));
  }
}

export function evaluateTakeAlongAxis(
  node: NodeOf<'takeAlongAxis'>,
  [x, indices]: readonly TypedArray[],
): TypedArray[] {
  const { shape, dtype } = node.types[0]!;
  const out = allocate(dtype, shape, node.op);
  eachAlongAxis(node, node.inputs[0]!.shape, indices!, (k, at) => {
    out[k] = x![at]!;
  });
  return [out];
}

/**
 * Node `scatterAdd`, the adjoint of `gather` or, with `along`, of `takeAlongAxis`. Copies `base` and adds each of
 * `updates` to the element that its index selects. Repeated indices accumulate in order; floats accumulate in float64.
 *
 * @param labels - whether the indices are labels: errors call them labels, and negative ones are errors
 */
export function scatterAddNode(
  base: Tensor,
  indices: Tensor,
  updates: Tensor,
  axis: number,
  along: boolean,
  labels = false,
): Tensor {
  checkIndices(indices);
  if (along) checkAlong(base.shape, indices.shape, axis);
  const expected = along
    ? indices.shape
    : [...base.shape.slice(0, axis), ...indices.shape, ...base.shape.slice(axis + 1)];
  if (!sameShape(updates.shape, expected)) {
    throw new ShapeError(
      `${opName()}: \`updates\` must have shape ${showShape(expected)}, got ${showShape(updates.shape)}`,
    );
  }
  if (base.dtype === 'uint8' || base.dtype === 'bool') {
    throw new DTypeError(`${opName()}: does not take ${base.dtype}; convert it with \`cast\` first`);
  }
  checkSameDType(opName(), base.dtype, updates.dtype);
  return emit(
    'scatterAdd',
    { axis, along, labels },
    [base, indices, updates],
    [{ shape: base.shape, dtype: base.dtype }],
    evaluateScatterAdd,
  )[0]!;
}

export function evaluateScatterAdd(
  node: NodeOf<'scatterAdd'>,
  [base, indices, updates]: readonly TypedArray[],
): TypedArray[] {
  const { shape } = node.types[0]!;
  const out = base instanceof Float32Array ? Float64Array.from(base) : base!.slice();
  const add = (from: number, to: number, length = 1): void => {
    for (let i = 0; i < length; i++) out[to + i]! += updates![from + i]!;
  };
  if (node.attrs.along) eachAlongAxis(node, shape, indices!, add);
  else eachRun(node, shape, indices!, add);
  return [base instanceof Float32Array ? Float32Array.from(out) : out];
}
