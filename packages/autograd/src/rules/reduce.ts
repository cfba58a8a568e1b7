import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import {
  flipNode,
  type NodeOf,
  padNode,
  prefixNode,
  reduceNode,
  reshapeNode,
  scanNode,
  scatterAddNode,
  sliceNode,
  transposeNode,
} from '@chainrule/tensor/graph';
import type { Vjps } from './rule.ts';
import { mergeAxes, spreadTo, zerosOf } from './shapes.ts';

export function reduceRule(n: NodeOf<'reduce'>, g: Tensor): Vjps {
  const { op, axes } = n.attrs;
  const x = n.inputs[0]!;
  switch (op) {
    case 'sum':
      return [() => spreadTo(g, x.shape, axes)];
    case 'prod':
      return [() => productRule(x, g, axes)];
    case 'max':
      return [() => maxOrMinRule(x, g, axes, 'argmax')];
    case 'min':
      return [() => maxOrMinRule(x, g, axes, 'argmin')];
    case 'argmax':
    case 'argmin':
      return [null];
  }
}

/** The cotangent goes to the first element that is the maximum or minimum. */
function maxOrMinRule(x: Tensor, g: Tensor, axes: readonly number[], op: 'argmax' | 'argmin'): Tensor {
  if (x.size === 0) return zerosOf(x.shape, g.dtype);
  const { merged, axis, restore } = mergeAxes(x, axes);
  const column = merged.shape.with(axis, 1);
  const first = reshapeNode(reduceNode(merged, op, [axis]), column);
  return restore(scatterAddNode(zerosOf(merged.shape, g.dtype), first, reshapeNode(g, column), axis, true));
}

/** g times the product of all other elements, as the products of those before and after: correct if some are 0. */
function productRule(x: Tensor, g: Tensor, axes: readonly number[]): Tensor {
  const { merged, axis, restore } = mergeAxes(x, axes);
  const others = map(e.mul, [exclusive(merged, axis, false), exclusive(merged, axis, true)]);
  return restore(map(e.mul, [reshapeNode(g, merged.shape.with(axis, 1)), others]));
}

/** For each element, the product of all elements before it along an axis, or after it with `reverse`. */
function exclusive(x: Tensor, axis: number, reverse: boolean): Tensor {
  return shifted(prefixNode(x, 'prod', axis, reverse), axis, reverse ? -1 : 1, 1);
}

/** Shifts elements by one along an axis and fills the gap with `value`. */
function shifted(x: Tensor, axis: number, by: 1 | -1, value: number): Tensor {
  if (x.shape[axis] === 0) return x;
  const along = (n: number): number[] => x.shape.map((_, i) => (i === axis ? n : 0));
  const kept = sliceNode(
    x,
    along(by < 0 ? 1 : 0),
    x.shape.map((n, i) => (i === axis ? n - 1 : n)),
  );
  return padNode(kept, along(by > 0 ? 1 : 0), x.shape, { value });
}

/**
 * yⱼ = Π_{k≤j} xₖ has ∂L/∂xᵢ = Pᵢ·Sᵢ with Pᵢ = Π_{k<i} xₖ and Sᵢ = gᵢ + xᵢ₊₁·Sᵢ₊₁, a recurrence. It
 * does not divide, so elements may be 0.
 */
export function prefixProductRule(n: NodeOf<'prefix'>, g: Tensor): Tensor {
  const { axis, reverse } = n.attrs;
  const flip = (t: Tensor): Tensor => (reverse ? flipNode(t, [axis]) : t);
  const [x, y, h] = [flip(n.inputs[0]!), flip(n.outputs[0]!), flip(g)];
  const order = x.shape.map((_, i) => (i === 0 ? axis : i <= axis ? i - 1 : i));
  const front = (t: Tensor): Tensor => transposeNode(t, order);
  const next = front(shifted(x, axis, -1, 0));
  const [, [sums]] = scanNode(
    ([s], [gi, xi]) => {
      const sum = map((a, b, c) => e.add(a, e.mul(b, c)), [gi!, xi!, s!]);
      return [[sum], [sum]];
    },
    [zerosOf(next.shape.slice(1), g.dtype)],
    [front(h), next],
    { length: x.shape[axis]!, reverse: true, step: null },
  );
  const back = transposeNode(
    sums!,
    order.map((_, i) => order.indexOf(i)),
  );
  return flip(map(e.mul, [shifted(y, axis, 1, 1), back]));
}
