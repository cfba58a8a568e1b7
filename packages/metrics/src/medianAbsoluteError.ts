import { anything, checkOptions } from '@chainrule/errors/check';
import { type Values, valuesOf, weightsOf } from './arrays.ts';
import type { CurveOptions } from './rocCurve.ts';

/**
 * The median of |target − prediction|, optionally weighted. If the cumulative weight reaches exactly half between two values,
 * the result is their mean. NaN without values.
 *
 * @param targets - numbers of any shape, a tensor or a list
 * @param predictions - numbers of the same length
 * @param options - `weights`, of the same length
 * @throws ShapeError for different lengths; ValueError for NaN or negative weights
 * @example
 * medianAbsoluteError([3, -0.5, 2, 7], [2.5, 0, 2, 8]); // => 0.5
 */
export function medianAbsoluteError(targets: Values, predictions: Values, options: CurveOptions = {}): number {
  const name = 'medianAbsoluteError';
  checkOptions(name, options, { weights: anything });
  const wanted = valuesOf(name, 'targets', targets);
  const given = valuesOf(name, 'predictions', predictions, { name: 'targets', length: wanted.length });
  const weights = weightsOf(name, options.weights, wanted.length);
  const errors = Array.from(wanted, (t, i) => ({ error: Math.abs(t - given[i]!), weight: weights[i]! }))
    .filter(({ weight }) => weight > 0)
    .sort((a, b) => a.error - b.error);
  const half = errors.reduce((sum, { weight }) => sum + weight, 0) / 2;
  let below = 0;
  for (const [i, { error, weight }] of errors.entries()) {
    below += weight;
    if (below - half > Number.EPSILON) return error;
    if (below >= half - Number.EPSILON) return (error + errors[Math.min(i + 1, errors.length - 1)]!.error) / 2;
  }
  return NaN;
}
