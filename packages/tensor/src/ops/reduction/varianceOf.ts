import { aBoolean, aFiniteNumber, type Checks } from '@chainrule/errors/check';
import { numberOrNumbers } from '../../array/checks.ts';
import { normalizeAxes, sizeOf } from '../../array/shape.ts';
import type { Tensor } from '../../array/tensor.ts';
import { div } from '../elementwise/div.ts';
import { mean } from './mean.ts';
import type { ReduceOptions } from './reduceOptions.ts';
import { square } from '../elementwise/square.ts';
import { sub } from '../elementwise/sub.ts';
import { sum } from './sum.ts';

export interface VarianceOptions {
  /** Subtracted from the number of elements. Default 0, the variance of a population; 1 estimates it from a sample. */
  readonly correction?: number;
}

export const varianceChecks: Checks<ReduceOptions & VarianceOptions> = {
  axis: numberOrNumbers,
  keepDims: aBoolean,
  correction: aFiniteNumber,
};

/** The variance in two passes, in the name of `op`. */
export function varianceOf(op: string, x: Tensor, options: ReduceOptions & VarianceOptions): Tensor {
  const { axis, keepDims = false, correction = 0 } = options;
  const axes = normalizeAxes(op, axis, x.rank);
  return div(sum(square(centered(x, axes)), { axis: axes, keepDims }), degreesOfFreedom(x, axes, correction));
}

/** The deviations from the mean along axes. */
export function centered(x: Tensor, axes: readonly number[]): Tensor {
  return sub(x, mean(x, { axis: axes, keepDims: true }));
}

/** The divisor of the sum of squares: the number of elements minus the correction, at least 0. */
export function degreesOfFreedom(x: Tensor, axes: readonly number[], correction: number): number {
  return Math.max(0, sizeOf(axes.map((a) => x.shape[a]!)) - correction);
}
