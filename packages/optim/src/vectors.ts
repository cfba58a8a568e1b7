import { add, map, scalar as e, sum, type Tensor, zeros } from '@chainrule/tensor';
import { widestDType } from './widestDType.ts';

/** A list of tensors as one long vector. */
export type Vector = readonly Tensor[];

/** Σ aᵢ bᵢ over all elements, a scalar in the widest dtype. */
export function innerProduct(a: Vector, b: Vector): Tensor {
  const dtype = widestDType([...a, ...b]);
  return a
    .map((x, i) => sum(map((p, q) => e.mul(e.cast(p, dtype), e.cast(q, dtype)), [x, b[i]!])))
    .reduce<Tensor>((total, part) => add(total, part), zeros([], dtype));
}

/** a + factor · b */
export function addScaled(a: Vector, b: Vector, factor: Tensor | number): Tensor[] {
  return a.map((x, i) => map((p, q, f) => e.add(p, e.mul(q, e.cast(f, x.dtype))), [x, b[i]!, factor]));
}

/** a − b */
export function difference(a: Vector, b: Vector): Tensor[] {
  return addScaled(a, b, -1);
}
