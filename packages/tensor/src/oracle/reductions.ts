import type { ReduceOp } from '../graph/node.ts';
import type { DType } from '../array/dtype.ts';
import { arithmetic, blank, eachIndex, type OracleEvaluate, positionOf } from './loops.ts';

/** Tells whether `value` replaces `best`. NaN wins over all numbers; among equal elements the first wins. */
function beats(op: ReduceOp, value: number, best: number): boolean {
  if (Number.isNaN(best)) return false;
  if (Number.isNaN(value)) return true;
  return op === 'max' || op === 'argmax' ? value > best : value < best;
}

function position(elements: readonly number[], op: ReduceOp): number {
  let best = 0;
  elements.forEach((value, i) => {
    if (beats(op, value, elements[best]!)) best = i;
  });
  return best;
}

function join(elements: readonly number[], op: ReduceOp, dtype: DType): number {
  switch (op) {
    case 'sum':
      return elements.reduce((a, b) => arithmetic.add(dtype, a, b), 0);
    case 'prod':
      return elements.reduce((a, b) => arithmetic.mul(dtype, a, b), 1);
    case 'max':
    case 'min':
      return elements[position(elements, op)]!;
    case 'argmax':
    case 'argmin':
      return position(elements, op);
  }
}

/** Collects the elements of each result, then combines them. */
export const reduce: OracleEvaluate<'reduce'> = (node, [x]) => {
  const { axes, op } = node.attrs;
  const { shape, dtype } = node.inputs[0]!;
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const out = blank(node);
  eachIndex(node.types[0]!.shape, (index, at) => {
    const elements: number[] = [];
    eachIndex(
      axes.map((a) => shape[a]!),
      (along) => {
        const full = shape.map((_, axis) =>
          axes.includes(axis) ? along[axes.indexOf(axis)]! : index[kept.indexOf(axis)]!,
        );
        elements.push(x![positionOf(shape, full)]!);
      },
    );
    out[at] = join(elements, op, dtype);
  });
  return [out];
};

/** The elements of `x` along one axis through `index`. */
function line(x: ArrayLike<number>, shape: readonly number[], index: readonly number[], axis: number): number[] {
  return Array.from({ length: shape[axis]! }, (_, k) => x[positionOf(shape, index.with(axis, k))]!);
}

/** Combines all elements up to each one, separately for each element. */
export const prefix: OracleEvaluate<'prefix'> = (node, [x]) => {
  const { axis, op, reverse } = node.attrs;
  const { shape, dtype } = node.types[0]!;
  const out = blank(node);
  eachIndex(shape, (index, at) => {
    const all = line(x!, shape, index, axis);
    const part = reverse ? all.slice(index[axis]).reverse() : all.slice(0, index[axis]! + 1);
    out[at] = join(part, op, dtype);
  });
  return [out];
};

/** The rank of an element is the number of elements before it. */
export const argsort: OracleEvaluate<'argsort'> = (node, [x]) => {
  const { axis, descending } = node.attrs;
  const { shape } = node.types[0]!;
  const out = blank(node);
  eachIndex(shape, (index) => {
    const all = line(x!, shape, index, axis);
    const k = index[axis]!;
    const rank = all.filter((other, j) => precedes(other, all[k]!, descending, j < k)).length;
    out[positionOf(shape, index.with(axis, rank))] = k;
  });
  return [out];
};

function precedes(a: number, b: number, descending: boolean, isEarlier: boolean): boolean {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) ? Number.isNaN(b) && isEarlier : true;
  if (a === b) return isEarlier;
  return descending ? a > b : a < b;
}
