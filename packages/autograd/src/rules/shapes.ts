import { type DType, Tensor } from '@chainrule/tensor';
import { allocate, broadcastNode, reduceNode, reshapeNode, sizeOf, transposeNode } from '@chainrule/tensor/graph';

/** Zeros as a broadcast of one element, which takes no memory in a capture. */
export function zerosOf(shape: readonly number[], dtype: DType): Tensor {
  return broadcastNode(new Tensor([], dtype, allocate(dtype, 1)), shape);
}

/** The adjoint of broadcasting: sums the axes that were repeated. */
export function sumTo(g: Tensor, shape: readonly number[]): Tensor {
  const offset = g.rank - shape.length;
  const axes = g.shape.map((_, i) => i).filter((i) => i < offset || (shape[i - offset] === 1 && g.shape[i] !== 1));
  const summed = axes.length > 0 ? reduceNode(g, 'sum', axes) : g;
  return summed.rank === shape.length ? summed : reshapeNode(summed, shape);
}

/** The adjoint of a sum over `axes`: inserts the axes and repeats along them. */
export function spreadTo(g: Tensor, shape: readonly number[], axes: readonly number[]): Tensor {
  return broadcastNode(
    reshapeNode(
      g,
      shape.map((n, i) => (axes.includes(i) ? 1 : n)),
    ),
    shape,
  );
}

/** A view of x that merges `axes` into one, and the way back. A single axis needs no view. */
export function mergeAxes(
  x: Tensor,
  axes: readonly number[],
): { merged: Tensor; axis: number; restore: (y: Tensor) => Tensor } {
  if (axes.length === 1) return { merged: x, axis: axes[0]!, restore: (y) => y };
  const order = x.shape
    .map((_, i) => i)
    .filter((i) => !axes.includes(i))
    .concat(axes);
  const inverse = order.map((_, i) => order.indexOf(i));
  const moved = order.map((a) => x.shape[a]!);
  const kept = moved.slice(0, moved.length - axes.length);
  return {
    merged: reshapeNode(transposeNode(x, order), [...kept, sizeOf(moved.slice(kept.length))]),
    axis: kept.length,
    restore: (y) => transposeNode(reshapeNode(y, moved), inverse),
  };
}
