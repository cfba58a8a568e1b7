import { split, type Tensor, unstack } from '@chainrule/tensor';
import type { Instruction } from './instruction.ts';
import { axesOf, axisOf, op, pick } from './dynamic.ts';

/** Two tensors that differ in at most one axis, along which `concat` joins them. */
function joined(a: Tensor, b: Tensor, k: number): Tensor {
  const axis = axisOf(a, k);
  return op('concat')(
    pick(
      [
        [a, b],
        [b, a, b],
        [a, a],
        [a, op('neg')(b)],
        [op('mul')(a, 2), op('mul')(b, 3)],
      ],
      k,
    ),
    axis,
  );
}

/** The part of each axis that `slice` takes. */
function sliced(a: Tensor, k: number): Tensor {
  const begin = a.shape.map((n, i) => (n > 1 ? (k + i) % 2 : 0));
  const size = a.shape.map((n, i) => pick([-1, Math.min(1, n), Math.max(0, n - begin[i]! - 1), -1], k + i));
  const strides = a.shape.map((_, i) => pick([1, 1, 2, 3], k >> i));
  return op('slice')(
    a,
    begin,
    size.map((n, i) => (strides[i]! > 1 ? -1 : n)),
    strides,
  );
}

/** One column of the last axis, written into a larger tensor. */
function column(a: Tensor, k: number): Tensor | undefined {
  const last = a.shape.at(-1) ?? 0;
  return last > 0
    ? op('slice')(
        a,
        a.shape.map((_, i) => (i === a.rank - 1 ? k % last : 0)),
        a.shape.map((n, i) => (i === a.rank - 1 ? 1 : n)),
      )
    : undefined;
}

/** Splits an axis, changes and reorders the parts, and joins them. */
function shuffled(parts: readonly Tensor[], axis: number, join: 'concat' | 'stack'): Tensor | undefined {
  return parts.length > 0
    ? op(join)(
        [...parts].reverse().map((part, i) => (i % 2 ? op('neg')(part) : part)),
        axis,
      )
    : undefined;
}

const permuted = (a: Tensor, k: number): number[] =>
  pick(
    [
      [...a.shape.keys()].reverse(),
      [...a.shape.keys()].map((i) => (i + 1) % a.rank),
      [...a.shape.keys()].map((i) => (i + a.rank - 1) % a.rank),
    ],
    k,
  );

/** Instructions that move elements. */
export const layouts: Readonly<Record<string, Instruction>> = {
  transpose: (a, _, k) => (a.rank > 1 ? op('transpose')(a, permuted(a, k)) : undefined),
  expandDims: (a, _, k) => op('expandDims')(a, k % (a.rank + 1)),
  squeeze: (a) => op('squeeze')(a),
  reshape: (a, _, k) =>
    op('reshape')(a, pick([[-1], [1, a.size], [a.size, 1], [...a.shape].reverse(), [...a.shape, 1]], k)),
  flip: (a, _, k) => (a.rank > 0 ? op('flip')(a, axesOf(a, k)) : undefined),
  slice: (a, _, k) => (a.rank > 0 ? sliced(a, k) : undefined),
  column: (a, _, k) => column(a, k),
  pad: (a, _, k) =>
    a.rank > 0
      ? op('pad')(
          a,
          a.shape.map((_n, i) => [(k >> i) % 2, (k >> i) % 3] as const),
          pick([0, 0.25, { mode: 'reflect' }, { mode: 'edge' }, -1], k),
        )
      : undefined,
  broadcastTo: (a, _, k) => op('broadcastTo')(a, [k % 3, ...a.shape]),
  broadcastLast: (a, _, k) =>
    a.shape.at(-1) === 1 ? op('broadcastTo')(a, [...a.shape.slice(0, -1), 2 + k]) : undefined,
  tile: (a, _, k) =>
    op('tile')(
      a,
      a.shape.map((_n, i) => (k + i) % 3),
    ),
  repeat: (a, _, k) => (a.rank > 0 ? op('repeat')(a, k % 4, axisOf(a, k)) : undefined),
  roll: (a, _, k) => (a.rank > 0 ? op('roll')(a, k - 4, axisOf(a, k)) : undefined),
  concat: (a, b, k) => (a.rank > 0 ? joined(a, b, k) : undefined),
  concatOwn: (a, _, k) => (a.rank > 0 ? op('concat')([op('mul')(a, 2), a], axisOf(a, k)) : undefined),
  stack: (a, b, k) =>
    op('stack')(
      pick(
        [
          [a, b],
          [a, a, b],
          [op('neg')(a), b],
        ],
        k,
      ),
      pick([0, -1, a.rank], k),
    ),
  stackOwn: (a, _, k) => op('stack')([op('neg')(a), a], k % 2 ? -1 : 0),
  split: (a, _, k) =>
    a.rank > 0 ? split(a, partsOf(a.shape.at(axisOf(a, k))!, k), axisOf(a, k)).slice(0, 3) : undefined,
  splitAndJoin: (a, _, k) =>
    a.rank > 0
      ? shuffled(split(a, partsOf(a.shape.at(axisOf(a, k))!, k), axisOf(a, k)), axisOf(a, k), 'concat')
      : undefined,
  unstack: (a, _, k) =>
    a.rank > 0 && a.shape.at(axisOf(a, k))! <= 65
      ? (unstack as unknown as (x: Tensor, axis: number) => Tensor[])(a, axisOf(a, k)).slice(0, 3)
      : undefined,
  unstackAndStack: (a, _, k) =>
    a.rank > 0 && a.shape.at(axisOf(a, k))! <= 9
      ? shuffled(
          (unstack as unknown as (x: Tensor, axis: number) => Tensor[])(a, axisOf(a, k)),
          k % 2 ? -1 : 0,
          'stack',
        )
      : undefined,
  triangle: (a, _, k) => (a.rank > 1 ? op(k % 2 ? 'tril' : 'triu')(a, (k % 5) - 2) : undefined),
};

/** Sizes that add up to `n`, with 0 and 1 among them. */
function partsOf(n: number, k: number): number[] {
  return pick(
    [
      [n],
      n > 0 ? [1, n - 1] : [0],
      [0, n],
      n > 2 ? [1, n - 2, 1] : [n, 0],
      Array.from({ length: Math.min(n, 9) }, (_, i) => (i < 8 ? 1 : n - 8)),
    ],
    k,
  );
}
