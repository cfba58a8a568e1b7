import type { Tensor } from '@chainrule/tensor';
import { type NodeOf, stridesOf } from '@chainrule/tensor/graph';

/** Where the elements of a tensor are: at `offset + Σ indexᵢ · stridesᵢ` in the memory of `root`, counted in elements. */
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

/** Whether the elements lie side by side in row-major order; those of an empty tensor do. */
export function isContiguous({ strides }: StridedView, shape: readonly number[]): boolean {
  const plain = stridesOf(shape);
  return shape.includes(0) || shape.every((n, i) => n === 1 || strides[i] === plain[i]);
}

/** The place of a view of something in `x`, if strides can express it: all but padding, and some reshapes. */
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
 * Strides of the same memory under another shape, if there are any: both shapes are cut into the shortest runs of axes of
 * equal size, and within a run of the old shape every stride must follow from the next.
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
