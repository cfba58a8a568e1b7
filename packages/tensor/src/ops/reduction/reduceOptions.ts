import { aBoolean, type Checks } from '@chainrule/errors/check';
import { anAxis, numberOrNumbers } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import { reshapeNode } from '../../nodes/view.ts';

export interface ReduceOptions {
  readonly axis?: number | readonly number[];
  readonly keepDims?: boolean;
}

/** Checks for one axis or several, and `keepDims`. */
export const reduceChecks: Checks<ReduceOptions> = { axis: numberOrNumbers, keepDims: aBoolean };

/** Options of a reduction along one axis. */
export interface ArgReduceOptions {
  readonly axis?: number;
  readonly keepDims?: boolean;
}

export const argReduceChecks: Checks<ArgReduceOptions> = { axis: anAxis, keepDims: aBoolean };

/** Restores the reduced axes with size 1 if `keepDims` is set. */
export function keepAxes(
  reduced: Tensor,
  shape: readonly number[],
  axes: readonly number[],
  keepDims: boolean,
): Tensor {
  return keepDims
    ? reshapeNode(
        reduced,
        shape.map((n, i) => (axes.includes(i) ? 1 : n)),
      )
    : reduced;
}
