import { compile } from '@chainrule/compiler';
import {
  add,
  broadcastTo,
  cast,
  concat,
  cumsum,
  type DType,
  expandDims,
  flip,
  max,
  min,
  mul,
  reshape,
  slice,
  sum,
  type Tensor,
  transpose,
} from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { values } from '../../testing/values.ts';
import { wasm } from '../backend/wasm.ts';

const backends = {
  simd: await wasm({ threads: 1, relaxed: false }),
  scalar: await wasm({ threads: 1, simd: false }),
};

type Fn = (x: Tensor) => Tensor;

/** A slice of every axis from `begin`, with a stride. */
function strided(x: Tensor, begin: number, stride: number): Tensor {
  const from = x.shape.map((n) => Math.min(begin, n));
  const count = x.shape.map((n, i) => Math.ceil((n - from[i]!) / stride));
  return slice(
    x,
    from,
    count,
    x.shape.map(() => stride),
  );
}

/** Views of a tensor of rank 3: positive, negative and zero strides, offsets, and combinations of these. */
const views: readonly (readonly [name: string, view: Fn])[] = [
  ['a transpose', (x) => transpose(x, [2, 0, 1])],
  ['a reversed transpose', (x) => flip(transpose(x, [1, 2, 0]), 2)],
  ['all axes reversed', (x) => flip(x, [0, 1, 2])],
  ['an offset of 1 along every axis', (x) => strided(x, 1, 1)],
  ['every second element', (x) => strided(x, 0, 2)],
  ['every third element from the second, reversed', (x) => flip(strided(x, 1, 3), [0, 2])],
  ['a broadcast of the last axis', (x) => broadcastTo(strided(expandDims(x, 3), 0, 1), [...x.shape, 5])],
  ['a broadcast of a middle axis', (x) => broadcastTo(expandDims(x, 1), [x.shape[0], 3, ...x.shape.slice(1)])],
  ['a transposed broadcast', (x) => transpose(broadcastTo(expandDims(flip(x, 1), 0), [2, ...x.shape]), [3, 1, 0, 2])],
  ['a reshape of a slice', (x) => reshape(strided(x, 1, 1), [-1])],
  ['six axes', (x) => transpose(expandDims(expandDims(expandDims(flip(x, 2), 1), 3), 0), [5, 1, 3, 0, 2, 4])],
];

/** Uses of a view: as it is, in a row, column or total, by two readers, and as part of a larger tensor. */
const uses: readonly (readonly [name: string, use: Fn])[] = [
  ['computes elements', (x) => add(x, x)],
  ['adds rows', (x) => sum(x, { axis: -1 })],
  ['adds columns', (x) => sum(x, { axis: 0 })],
  ['adds everything', (x) => sum(x)],
  ['finds the largest of all but the first axis', (x) => max(x, { axis: x.shape.map((_, i) => i).slice(1) })],
  ['finds the smallest of columns', (x) => min(x, { axis: 0, keepDims: true })],
  ['accumulates', (x) => cumsum(x, x.rank - 1)],
  ['meets its own sums', (x) => mul(x, sum(x, { axis: -1, keepDims: true }))],
  ['joins parts along the last axis', (x) => concat([add(x, x), x, mul(x, x)], x.rank - 1)],
  ['joins parts along the first axis', (x) => concat([mul(x, x), add(x, x)], 0)],
];

/** Widths around a vector and around four vectors, and a length of 0. */
const shapes = [
  [1, 1, 1],
  [2, 3, 1],
  [3, 1, 4],
  [1, 5, 5],
  [4, 2, 7],
  [2, 2, 17],
  [5, 3, 16],
  [2, 9, 33],
  [0, 3, 4],
  [3, 4, 0],
];

/** Extrema of nothing do not exist. */
const isDefined = (x: Tensor, use: string): boolean => x.size > 0 || !use.startsWith('finds');

describe.each(Object.entries(backends))('views in loops (%s)', (_, backend) => {
  const check = (view: Fn, [name, use]: (typeof uses)[number], shape: readonly number[], dtype: DType): void => {
    const x = values(shape, dtype, 1);
    if (!isDefined(view(x), name)) return;
    const numeric = (v: Tensor): Tensor => (dtype === 'bool' || dtype === 'uint8' ? cast(v, 'int32') : v);
    const fn = (t: Tensor): Tensor => use(numeric(view(t)));
    const [actual, expected] = [compile(fn, { backend })(x), fn(x)];
    expect([name, shape, actual.shape, actual.toArray()]).toEqual([name, shape, expected.shape, expected.toArray()]);
  };

  test.each(views)('%s gives exact elements and reductions', (_name, view) => {
    for (const use of uses) for (const shape of shapes) check(view, use, shape, 'float32');
  });

  test.each(views)('%s of integers and bytes, at any address', (_name, view) => {
    for (const use of uses) for (const dtype of ['int32', 'uint8', 'bool'] as const) check(view, use, [3, 5, 7], dtype);
  });
});
