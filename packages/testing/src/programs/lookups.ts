import { type Tensor, Tensor as TensorClass, topK, zeros } from '@chainrule/tensor';
import { scatterAddNode, sizeOf } from '@chainrule/tensor/graph';
import type { Instruction } from './instruction.ts';
import { axisOf, isFloating, op, pick } from './dynamic.ts';

/** Indices into an axis of length `count`, from either end. Some occur twice. */
function indices(shape: readonly number[], count: number, k: number): Tensor {
  return new TensorClass(
    [...shape],
    'int32',
    Int32Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 7 + k) % (2 * count)) - count),
  );
}

const lookupShapes = [[0], [1], [3], [2, 2], [], [9], [0, 2]];

function gathered(a: Tensor, k: number): Tensor | undefined {
  const axis = axisOf(a, k);
  const count = a.shape.at(axis)!;
  const shape = count === 0 ? [0] : pick(lookupShapes, k);
  return op('gather')(a, indices(shape, Math.max(1, count), k), axis);
}

/** The shape of `a`, with a length of the axis that `k` chooses. */
function along(a: Tensor, axis: number, length: number, k: number): Tensor {
  const count = a.shape.at(axis)!;
  const shape = [...a.shape];
  shape.splice(axis, 1, count === 0 ? 0 : length);
  return indices(shape, Math.max(1, count), k);
}

function scattered(a: Tensor, b: Tensor, k: number): Tensor | undefined {
  const count = a.shape[0];
  const length = count === 0 ? 0 : k % 4;
  const rows = op('broadcastTo')(op('mean')(b), [length, ...a.shape.slice(1)]);
  return op('scatterAdd')(a, indices([length], Math.max(1, count), k), rows, 0);
}

/** Adds up all rows or elements of `a` in few places, so that each index occurs many times. */
function collected(a: Tensor, k: number): Tensor | undefined {
  const axis = axisOf(a, k);
  const [length, count] = [a.shape.at(axis)!, 1 + (k % 3)];
  const at = axis < 0 ? axis + a.rank : axis;
  const isAlong = k % 2 === 1;
  const places = isAlong ? indices(a.shape, count, k) : indices([length], count, k);
  return scatterAddNode(
    zeros(
      a.shape.map((n, i) => (i === at ? count : n)),
      a.dtype,
    ),
    places,
    a,
    at,
    isAlong,
  );
}

function best(a: Tensor, k: number): readonly Tensor[] {
  const axis = axisOf(a, k);
  const count = a.shape.at(axis)!;
  const { values, indices: at } = (
    topK as unknown as (x: Tensor, options: object) => { values: Tensor; indices: Tensor }
  )(a, { k: Math.min(count, k % 4), axis, largest: k % 2 === 0 });
  return [values, at];
}

/** Instructions that read elements by position, or compute positions. */
export const lookups: Readonly<Record<string, Instruction>> = {
  gather: (a, _, k) => (a.rank > 0 ? gathered(a, k) : undefined),
  gatherByRank: (a, b, k) =>
    a.rank > 0 && b.rank > 0 && a.shape[0] === b.shape.at(-1) ? op('gather')(a, op('argsort')(b), k % 2) : undefined,
  takeAlongAxis: (a, _, k) =>
    a.rank > 0 ? op('takeAlongAxis')(a, along(a, axisOf(a, k), k % 4, k), axisOf(a, k)) : undefined,
  scatterAdd: (a, b, k) => (a.rank > 0 && isFloating(a) ? scattered(a, b, k) : undefined),
  collect: (a, _, k) => (a.rank > 0 && isFloating(a) ? collected(a, k) : undefined),
  topK: (a, _, k) => (a.rank > 0 ? best(a, k) : undefined),
  sort: (a, _, k) => (a.rank > 0 ? op('sort')(a, { axis: axisOf(a, k), descending: k % 2 === 1 }) : undefined),
  argsort: (a, _, k) => (a.rank > 0 ? op('argsort')(a, { axis: axisOf(a, k), descending: k % 2 === 1 }) : undefined),
  oneHot: (a, _, k, { typed }) =>
    a.rank > 0 ? op('oneHot')(op('argmax')(a, { axis: -1 }), k % 5, typed('float32')) : undefined,
};
