import { allocate, type DType, type TypedArray } from '../array/dtype.ts';
import { stridesOf } from '../array/shape.ts';

/** Returns a contiguous copy of `x` with `axes` moved behind all others. Each group keeps its order. */
export function moveAxesLast(
  x: TypedArray,
  shape: readonly number[],
  axes: readonly number[],
  dtype: DType,
): TypedArray {
  const order = [...shape.keys()].filter((i) => !axes.includes(i)).concat(axes);
  const sizes = order.map((a) => shape[a]!);
  const all = stridesOf(shape);
  const strides = order.map((a) => all[a]!);
  const out = allocate(dtype, x.length);
  const index = new Array<number>(order.length).fill(0);
  for (let o = 0, at = 0; o < out.length; o++) {
    out[o] = x[at]!;
    for (let axis = order.length - 1; axis >= 0; axis--) {
      at += strides[axis]!;
      if (++index[axis]! < sizes[axis]!) break;
      at -= strides[axis]! * sizes[axis]!;
      index[axis] = 0;
    }
  }
  return out;
}
