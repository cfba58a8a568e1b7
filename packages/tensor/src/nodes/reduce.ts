import { DTypeError, ValueError } from '@chainrule/errors';
import { allocate, type TypedArray } from '../array/dtype.ts';
import type { NodeOf, ReduceOp } from '../graph/node.ts';
import { opName } from '../graph/opName.ts';
import { sizeOf } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';
import { moveAxesLast } from './moveAxes.ts';

/**
 * Node `reduce`: combines the elements along `axes` (sorted, counted from the start) and removes these axes. argmax and
 * argmin return the int32 position of the first extreme value, along one axis. Empty sums are 0 and empty products 1;
 * the other reductions fail for no elements. Sums are accumulated in float64 and rounded once.
 *
 * @example
 * reduceNode(tensor([[1, 2], [3, 4]]), 'sum', [0]).toArray(); // => 4,6
 */
export function reduceNode(x: Tensor, op: ReduceOp, axes: readonly number[]): Tensor {
  const shape = x.shape.filter((_, i) => !axes.includes(i));
  if (x.dtype === 'uint8' || (x.dtype === 'bool' && (op === 'sum' || op === 'prod'))) {
    throw new DTypeError(`${opName()}: does not take ${x.dtype}; convert it with \`cast\` first`);
  }
  if (op !== 'sum' && op !== 'prod' && sizeOf(shape) > 0 && x.size === 0) {
    throw new ValueError(`${opName()}: has no value over an axis of size 0, got shape [${x.shape.join(',')}]`);
  }
  const dtype = op === 'argmax' || op === 'argmin' ? 'int32' : x.dtype;
  return emit('reduce', { op, axes }, [x], [{ shape, dtype }], evaluateReduce)[0]!;
}

export function evaluateReduce(node: NodeOf<'reduce'>, [x]: readonly TypedArray[]): TypedArray[] {
  const { op, axes } = node.attrs;
  const { shape } = node.inputs[0]!;
  const out = allocate(node.types[0]!.dtype, node.types[0]!.shape, node.op);
  if (out.length === 0) return [out];
  const first = axes[0] ?? shape.length;
  const adjacent = axes.every((a, i) => a === first + i);
  const count = sizeOf(axes.map((a) => shape[a]!));
  const inner = adjacent ? sizeOf(shape.slice(first + axes.length)) : 1;
  const values = adjacent ? x! : moveAxesLast(x!, shape, axes, node.inputs[0]!.dtype);
  reducers[op](values, out, count, inner);
  return [out];
}

/** Reduces the middle axis of `[out.length / inner, count, inner]`. */
type Reducer = (x: TypedArray, out: TypedArray, count: number, inner: number) => void;

/** Sums row by row, which reads memory in order for every axis. */
function sum(x: TypedArray, out: TypedArray, count: number, inner: number): void {
  if (inner === 1) {
    for (let o = 0, at = 0; o < out.length; o++) {
      let total = 0;
      for (let k = 0; k < count; k++) total += x[at++]!;
      out[o] = total;
    }
    return;
  }
  const totals = new Float64Array(inner);
  for (let o = 0, at = 0; o < out.length; o += inner) {
    totals.fill(0);
    for (let k = 0; k < count; k++) for (let i = 0; i < inner; i++) totals[i]! += x[at++]!;
    for (let i = 0; i < inner; i++) out[o + i] = totals[i]!;
  }
}

function fold(initial: number, join: (a: number, b: number) => number): Reducer {
  return (x, out, count, inner) => {
    for (let o = 0; o < out.length; o++) {
      const start = Math.floor(o / inner) * count * inner + (o % inner);
      let total = initial;
      for (let k = 0, at = start; k < count; k++, at += inner) total = join(total, x[at]!);
      out[o] = total;
    }
  };
}

/** Returns the position of the first extreme element. NaN wins over all numbers, as in NumPy. */
function argExtreme(beats: (a: number, b: number) => boolean): Reducer {
  return (x, out, count, inner) => {
    for (let o = 0; o < out.length; o++) {
      const start = Math.floor(o / inner) * count * inner + (o % inner);
      let best = x[start]!;
      let found = 0;
      for (let k = 1; k < count && !Number.isNaN(best); k++) {
        const value = x[start + k * inner]!;
        if (beats(value, best) || Number.isNaN(value)) {
          best = value;
          found = k;
        }
      }
      out[o] = found;
    }
  };
}

const reducers: Record<ReduceOp, Reducer> = {
  sum,
  prod: (x, out, count, inner) =>
    fold(1, out instanceof Int32Array ? Math.imul : (a, b) => a * b)(x, out, count, inner),
  max: /* @__PURE__ */ fold(-Infinity, Math.max),
  min: /* @__PURE__ */ fold(Infinity, Math.min),
  argmax: /* @__PURE__ */ argExtreme((a, b) => a > b),
  argmin: /* @__PURE__ */ argExtreme((a, b) => a < b),
};
