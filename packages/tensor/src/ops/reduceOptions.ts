import type { Tensor } from '../core/tensor.ts';
import { reshapeView } from '../nodes/view.ts';

export interface ReduceOptions {
  readonly axis?: number | readonly number[];
  readonly keepDims?: boolean;
}

/** Puts the reduced axes back with size 1 where they are to be kept. */
export function keepAxes(reduced: Tensor, shape: readonly number[], axes: readonly number[], keepDims: boolean): Tensor {
  return keepDims ? reshapeView(reduced, shape.map((n, i) => (axes.includes(i) ? 1 : n))) : reduced;
}
