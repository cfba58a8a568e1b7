import type { DType } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';

/** Bytes of an element. Undefined for float64, because kernels do not support it. */
export function elementBytes(dtype: DType): 1 | 4 | undefined {
  if (dtype === 'float64') return undefined;
  return dtype === 'bool' || dtype === 'uint8' ? 1 : 4;
}

/** A shape seen from one of its axes: `[outer, count, inner]`. */
export interface AroundAxis {
  readonly outer: number;
  readonly count: number;
  readonly inner: number;
}

export function aroundAxis(shape: readonly number[], axis: number): AroundAxis {
  return { outer: sizeOf(shape.slice(0, axis)), count: shape[axis]!, inner: sizeOf(shape.slice(axis + 1)) };
}
