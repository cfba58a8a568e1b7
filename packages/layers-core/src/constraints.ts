import { checkOptions, type Checks, nonNegative } from '@chainrule/errors/check';
import { map, maximum, norm, scalar as e, type Tensor } from '@chainrule/tensor';
import { numberOrNumbers } from '@chainrule/tensor/graph';
import type { Saved } from './saved.ts';

/** A projection onto a set of allowed weights. Training applies it after each update. */
export interface Constraint extends Saved {
  /** Returns the nearest allowed weight, of the same shape. */
  readonly apply: (weight: Tensor) => Tensor;
}

/** Options of constraints on vectors. */
export interface ConstraintOptions {
  /** Axes of each vector. Default 0, the inputs of a unit; use [0, 1, 2] for the kernel of `conv2d`. */
  readonly axis?: number | readonly number[];
}

const constraintChecks: Checks<ConstraintOptions> = { axis: numberOrNumbers };

/** Added to norms to avoid division by 0, as in Keras. */
const epsilon = 1e-7;

/** The Euclidean norm of each vector, without overflow for large weights. */
const norms = (weight: Tensor, axis: number | readonly number[]): Tensor => norm(weight, { axis, keepDims: true });

/**
 * Limits the norm of each vector.
 *
 * w · min(‖w‖, maxValue) / (‖w‖ + 1e-7), as Keras' MaxNorm
 *
 * @param maxValue - the largest norm; default 2
 * @throws OptionError for a negative `maxValue`
 * @example
 * maxNorm(1).apply(tensor([[3], [4]])).toArray().flat().map((v) => v.toFixed(3)); // => 0.600,0.800
 */
export function maxNorm(maxValue = 2, options: ConstraintOptions = {}): Constraint {
  nonNegative('maxNorm', 'maxValue', maxValue);
  checkOptions('maxNorm', options, constraintChecks);
  const { axis = 0 } = options;
  return {
    name: 'maxNorm',
    args: [maxValue, options],
    apply: (weight) =>
      map(
        (w, length) => e.mul(w, e.div(e.min(length, maxValue), e.add(length, epsilon))),
        [weight, norms(weight, axis)],
      ),
  };
}

/**
 * Replaces negative weights by 0.
 *
 * @example
 * nonNeg().apply(tensor([-1, 2])).toArray(); // => 0,2
 */
export function nonNeg(): Constraint {
  return { name: 'nonNeg', args: [], apply: (weight) => maximum(weight, 0) };
}

/**
 * Scales each vector to norm 1.
 *
 * w / (‖w‖ + 1e-7), as Keras' UnitNorm
 *
 * @example
 * unitNorm().apply(tensor([[3], [4]])).toArray().flat().map((v) => v.toFixed(3)); // => 0.600,0.800
 */
export function unitNorm(options: ConstraintOptions = {}): Constraint {
  checkOptions('unitNorm', options, constraintChecks);
  const { axis = 0 } = options;
  return {
    name: 'unitNorm',
    args: [options],
    apply: (weight) => map((w, length) => e.div(w, e.add(length, epsilon)), [weight, norms(weight, axis)]),
  };
}
