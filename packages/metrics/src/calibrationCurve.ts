import { ValueError } from '@chainrule/errors';
import { aCount, anything, checkOptions, oneOf } from '@chainrule/errors/check';
import { binaryLabels, type Values, valuesOf, weightsOf } from './arrays.ts';
import { quantilesOf } from '@chainrule/tensor/graph';
import type { CurveOptions } from './rocCurve.ts';

/** Options of {@link calibrationCurve}. */
export interface CalibrationOptions extends CurveOptions {
  /** The maximum number of bins. Default 5. */
  readonly bins?: number;
  /** Whether bins have equal widths (`'uniform'`, default) or equal numbers of samples (`'quantile'`). */
  readonly strategy?: 'uniform' | 'quantile';
}

/** The result of {@link calibrationCurve}, without empty bins. */
export interface CalibrationCurve {
  /** The mean predicted probability in each bin. */
  readonly predicted: readonly number[];
  /** The share of positives in each bin. */
  readonly observed: readonly number[];
  /** The number of samples in each bin, or the sum of their weights. */
  readonly counts: readonly number[];
}

/**
 * The calibration curve (reliability diagram): the share of positives among samples with similar predicted probabilities. For
 * a calibrated model, the share equals the mean probability.
 *
 * @param labels - `[samples]`, 0 and 1, a tensor or a list
 * @param probabilities - `[samples]`, of the positive class
 * @param options - `bins` (5), `strategy` ('uniform'), `weights` of samples
 * @throws ShapeError for different lengths; ValueError for invalid labels, probabilities outside [0, 1] or negative weights
 * @example
 * const { predicted, observed } = calibrationCurve([0, 0, 1, 1], [0.125, 0.25, 0.625, 0.875], { bins: 2 });
 * predicted; // => [0.1875,0.75]
 * observed; // => [0,1]
 */
export function calibrationCurve(
  labels: Values,
  probabilities: Values,
  options: CalibrationOptions = {},
): CalibrationCurve {
  const name = 'calibrationCurve';
  checkOptions(name, options, { bins: aCount, strategy: oneOf('uniform', 'quantile'), weights: anything });
  const { bins = 5, strategy = 'uniform' } = options;
  const wanted = binaryLabels(name, labels);
  const values = valuesOf(name, 'probabilities', probabilities, { name: 'labels', length: wanted.length });
  const weights = weightsOf(name, options.weights, wanted.length);
  const shares = Array.from({ length: bins - 1 }, (_, k) => (k + 1) / bins);
  const edges = strategy === 'uniform' ? shares : quantilesOf(Float64Array.from(values).sort(), shares);
  const sums = Array.from({ length: bins }, () => ({ weight: 0, predicted: 0, positive: 0 }));
  for (let i = 0; i < wanted.length; i++) {
    const [p, w] = [values[i]!, weights[i]!];
    if (!(p >= 0 && p <= 1)) throw new ValueError(`${name}: \`probabilities\` must be in [0, 1], got ${p} at ${i}`);
    const bin = sums[edges.filter((edge) => edge < p).length]!;
    bin.weight += w;
    bin.predicted += w * p;
    bin.positive += w * wanted[i]!;
  }
  const filled = sums.filter(({ weight }) => weight > 0);
  return {
    predicted: filled.map(({ predicted, weight }) => predicted / weight),
    observed: filled.map(({ positive, weight }) => positive / weight),
    counts: filled.map(({ weight }) => weight),
  };
}
