import type { Tensor } from '@chainrule/tensor';
import { type NodeOf, stridesOf } from '@chainrule/tensor/graph';

/** The positions of the elements of a tensor: `offset + Σ indexᵢ · stridesᵢ` in the memory of `root`, in elements. */
export interface StridedView {
  /** The tensor whose memory it is. */
  readonly root: Tensor;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** A tensor in memory of its own. */
export function contiguousView(t: Tensor): StridedView {
  return { root: t, offset: 0, strides: stridesOf(t.shape) };
}

/** Whether the elements are adjacent in row-major order. True for empty tensors. */
export function isContiguous({ strides }: StridedView, shape: readonly number[]): boolean {
  const plain = stridesOf(shape);
  return shape.includes(0) || shape.every((n, i) => n === 1 || strides[i] === plain[i]);
}

/** The strided view of a view of `x`. Undefined for padding, and for reshapes that strides cannot express. */
export function composeView({ attrs, inputs, types }: NodeOf<'view'>, x: StridedView): StridedView | undefined {
  const from = inputs[0]!.shape;
  const to = types[0]!.shape;
  switch (attrs.view) {
    case 'transpose':
      return { ...x, strides: attrs.axes.map((a) => x.strides[a]!) };
    case 'broadcast': {
      const lead = to.length - from.length;
      return { ...x, strides: to.map((n, i) => (i < lead || from[i - lead] !== n ? 0 : x.strides[i - lead]!)) };
    }
    case 'slice':
      return {
        ...x,
        offset: attrs.begin.reduce((sum, b, i) => sum + b * x.strides[i]!, x.offset),
        strides: x.strides.map((s, i) => s * attrs.strides[i]!),
      };
    case 'flip':
      return {
        ...x,
        offset: attrs.axes.reduce((sum, a) => sum + (from[a]! - 1) * x.strides[a]!, x.offset),
        strides: x.strides.map((s, i) => (attrs.axes.includes(i) ? -s : s)),
      };
    case 'reshape': {
      const strides = inputs[0]!.size === 0 ? stridesOf(to) : reshapeStrides(from, x.strides, to);
      return strides && { ...x, strides };
    }
    case 'pad':
      return undefined;
  }
}

/**
 * Strides for another shape of the same memory; undefined if strides cannot express it. Splits both shapes into the
 * shortest runs of axes of equal size. Within a run of the old shape, each stride must be the product of the next
 * stride and size.
 */
function reshapeStrides(
  from: readonly number[],
  strides: readonly number[],
  to: readonly number[],
): number[] | undefined {
  const old = from.map((n, i) => ({ n, stride: strides[i]! })).filter(({ n }) => n !== 1);
  const result = new Array<number>(to.length).fill(0);
  let [i, j] = [0, 0];
  while (i < old.length) {
    const [first, start] = [i, j];
    let before = old[i++]!.n;
    let after = 1;
    while (after !== before) {
      if (after < before) {
        if (j === to.length) return undefined;
        after *= to[j++]!;
      } else before *= old[i++]!.n;
    }
    for (let k = first; k + 1 < i; k++) if (old[k]!.stride !== old[k + 1]!.stride * old[k + 1]!.n) return undefined;
    let stride = old[i - 1]!.stride;
    for (let k = j - 1; k >= start; k--) {
      result[k] = stride;
      stride *= to[k]!;
    }
  }
  return result;
}
