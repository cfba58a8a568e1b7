import { OptionError, showShape } from '@chainrule/errors';
import { checkFloat } from '../array/checkDType.ts';
import { allocate, type TypedArray } from '../array/dtype.ts';
import type { NodeAttrs, NodeOf, TensorType, Window } from '../graph/node.ts';
import { opName } from '../graph/opName.ts';
import { sizeOf } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';
import { eachCell, type Geometry, geometry } from './kernels/patches.ts';
import { extent, windowPositions } from './window.ts';

/** The window of a pooling, and its size. */
export type PoolWindow = Window & { readonly size: readonly number[] };

/**
 * Node `pool`, max, over `[batch, …spatial, channels]`. Returns the largest element of each window and its int32 position
 * in the image's spatial grid, counted row-major. Among equal elements the first wins; NaN wins over all numbers. Padding
 * is ignored.
 */
export function maxPoolNode(x: Tensor, window: PoolWindow): { values: Tensor; indices: Tensor } {
  const shape = poolShape(x, window);
  const [values, indices] = poolNode('max', x, window, [
    { shape, dtype: x.dtype },
    { shape, dtype: 'int32' },
  ]);
  return { values: values!, indices: indices! };
}

/** Node `pool`, average. Padding is ignored. */
export function averagePoolNode(x: Tensor, window: PoolWindow): Tensor {
  return poolNode('average', x, window, [{ shape: poolShape(x, window), dtype: x.dtype }])[0]!;
}

/** Node `pool`, the gradient of the average: spreads each element over its window. `shape` is the shape of the input. */
export function averagePoolGradientNode(y: Tensor, window: PoolWindow, shape: readonly number[]): Tensor {
  return poolNode('averageGradient', y, window, [{ shape, dtype: y.dtype }])[0]!;
}

function poolNode(
  op: NodeAttrs['pool']['op'],
  x: Tensor,
  { size, strides, padding, dilations }: PoolWindow,
  types: readonly TensorType[],
): readonly Tensor[] {
  return emit('pool', { op, size, strides, padding, dilations }, [x], types, evaluatePool);
}

function poolShape(x: Tensor, window: PoolWindow): number[] {
  const op = opName();
  checkFloat(op, x.dtype);
  window.padding.forEach(([before, after], i) => {
    if (Math.max(before, after) >= extent(window.size[i]!, window.dilations[i]!)) {
      throw new OptionError(
        `${op}: \`padding\` must be smaller than the window, got ${Math.max(before, after)} for a window of ${window.size[i]!}`,
      );
    }
  });
  const spatial = x.shape.slice(1, -1);
  const positions = windowPositions(op, spatial, window.size, window);
  if (spatial.some((n, i) => missesInput(window, i, n, positions[i]!))) {
    throw new OptionError(
      `${op}: every window must contain a cell of the input ${showShape(spatial)}, got only padding with \`dilations\` ${showShape(window.dilations)}`,
    );
  }
  return [x.shape[0], ...positions, x.shape.at(-1)!];
}

/** Tells whether some position of the window along one axis has all its cells in the padding. */
function missesInput(
  { size, strides, padding, dilations }: PoolWindow,
  axis: number,
  n: number,
  positions: number,
): boolean {
  for (let position = 0; position < positions; position++) {
    let at = position * strides[axis]! - padding[axis]![0];
    if (at < 0) at += Math.ceil(-at / dilations[axis]!) * dilations[axis]!;
    if (at >= Math.min(n, position * strides[axis]! - padding[axis]![0] + extent(size[axis]!, dilations[axis]!)))
      return true;
  }
  return false;
}

export function evaluatePool(node: NodeOf<'pool'>, [x]: readonly TypedArray[]): TypedArray[] {
  const { attrs } = node;
  const { shape } = node.types[0]!;
  const [outer, inner] =
    attrs.op === 'averageGradient' ? [shape, node.inputs[0]!.shape] : [node.inputs[0]!.shape, shape];
  const g = geometry(attrs, outer.slice(1, -1), attrs.size, inner.slice(1, -1), outer.at(-1)!);
  const out = node.types.map((t) => allocate(t.dtype, t.shape, node.op));
  if (attrs.op === 'max') maxPool(g, x!, out[0]!, out[1]!, outer[0]);
  else if (attrs.op === 'average') averagePool(g, x!, out[0]!, outer[0]);
  else averagePoolGradient(g, x!, out[0]!, outer[0]);
  return out;
}

function maxPool(g: Geometry, x: TypedArray, values: TypedArray, indices: TypedArray, batch: number): void {
  const { channels } = g;
  const positions = sizeOf(g.output);
  const image = sizeOf(g.input) * channels;
  for (let b = 0, o = 0; b < batch; b++) {
    for (let position = 0; position < positions; position++, o += channels) {
      let first = true;
      eachCell(g, position, (_, at) => {
        const from = b * image + at * channels;
        for (let c = 0; c < channels; c++) {
          const value = x[from + c]!;
          const best = values[o + c]!;
          if (first || value > best || (Number.isNaN(value) && !Number.isNaN(best))) {
            values[o + c] = value;
            indices[o + c] = at;
          }
        }
        first = false;
      });
    }
  }
}

/** Counts the cells of the window that lie inside the input. */
function countCells(g: Geometry, position: number): number {
  let count = 0;
  eachCell(g, position, () => count++);
  return count;
}

function averagePool(g: Geometry, x: TypedArray, out: TypedArray, batch: number): void {
  const { channels } = g;
  const positions = sizeOf(g.output);
  const image = sizeOf(g.input) * channels;
  const totals = new Float64Array(channels);
  for (let b = 0, o = 0; b < batch; b++) {
    for (let position = 0; position < positions; position++, o += channels) {
      totals.fill(0);
      eachCell(g, position, (_, at) => {
        const from = b * image + at * channels;
        for (let c = 0; c < channels; c++) totals[c]! += x[from + c]!;
      });
      const count = countCells(g, position);
      for (let c = 0; c < channels; c++) out[o + c] = totals[c]! / count;
    }
  }
}

function averagePoolGradient(g: Geometry, y: TypedArray, out: TypedArray, batch: number): void {
  const { channels } = g;
  const positions = sizeOf(g.output);
  const image = sizeOf(g.input) * channels;
  const totals = new Float64Array(image);
  for (let b = 0, from = 0; b < batch; b++) {
    totals.fill(0);
    for (let position = 0; position < positions; position++, from += channels) {
      const count = countCells(g, position);
      eachCell(g, position, (_, at) => {
        for (let c = 0; c < channels; c++) totals[at * channels + c]! += y[from + c]! / count;
      });
    }
    out.set(totals, b * image);
  }
}
