import { FormatError, showValue } from '@chainrule/errors';
import { checkOptions, integerFrom, oneOf } from '@chainrule/errors/check';
import { type DType, type Shape, Tensor } from '@chainrule/tensor';
import { quantilesOf } from '@chainrule/tensor/graph';
import { isListOf } from '../checks.ts';
import { checkFeatures } from './features.ts';
import { normalQuantiles, normalShares } from './normal.ts';
import type { Preprocessor } from './preprocessor.ts';
import { fitted, sortedColumns } from './scaler.ts';

/** Options of {@link quantileScaler}. */
export interface QuantileScalerOptions {
  /** The maximum number of quantiles. Default 1000. */
  readonly quantiles?: number;
  /** The distribution of the result: uniform over [0, 1], or normal. Default 'uniform'. */
  readonly output?: 'uniform' | 'normal';
}

/** The parameters of a {@link QuantileScaler}, as a JSON value to save with a model. */
export interface QuantileScalerState {
  readonly type?: 'QuantileScaler';
  /** The quantiles of each feature in ascending order, evenly spaced from the least to the greatest value. */
  readonly quantiles: readonly (readonly number[])[];
  readonly output: 'uniform' | 'normal';
}

/** A share closer than this to 0 or 1 becomes the least or greatest normal quantile, as in scikit-learn. */
const threshold = 1e-7;

/**
 * Transforms each feature (the last axis) to the same distribution, by its quantiles. {@link quantileScaler} fits it.
 *
 * @example
 * const scaler = new QuantileScaler({ quantiles: [[0, 10, 40]], output: 'uniform' });
 * scaler.transform(tensor([[10], [25]])).toArray(); // => [[0.5],[0.75]]
 */
export class QuantileScaler implements Preprocessor<Tensor, Tensor> {
  readonly quantiles: readonly (readonly number[])[];
  readonly output: 'uniform' | 'normal';
  readonly #references: readonly number[];

  /**
   * @param state - the result of {@link toJSON}
   * @throws FormatError if quantiles are not finite, not ascending or differ in number, or the output is unknown
   */
  constructor(state: QuantileScalerState) {
    const { quantiles, output } = state ?? {};
    const fits = isListOf(quantiles, rises) && quantiles.length > 0;
    const areAlike = fits && quantiles.every((list) => list.length === quantiles[0]!.length);
    if (!areAlike || (output !== 'uniform' && output !== 'normal'))
      throw new FormatError(
        `QuantileScaler: expected \`quantiles\` that rise, as many for each feature, and \`output\` "uniform" or "normal", got ${showValue(quantiles)} and ${showValue(output)}`,
      );
    this.quantiles = quantiles.map((list) => [...list]);
    this.output = output;
    const last = this.quantiles[0]!.length - 1;
    this.#references = this.quantiles[0]!.map((_, i) => (last === 0 ? 0 : i / last));
  }

  /**
   * Transforms features to their ranks among the fitted values, from 0 to 1, or to quantiles of the normal distribution. Clips
   * values outside the fitted range.
   *
   * @param x - `[…, features]`
   * @returns the same shape, float64 for float64 and float32 otherwise
   * @throws ShapeError if the last axis does not have the length of the fitted data
   * @example
   * quantileScaler(tensor([[1], [3], [9]])).transform(tensor([[3], [6]])).toArray(); // => [[0.5],[0.75]]
   */
  transform<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D extends 'float64' ? D : 'float32'> {
    const shares = this.#each('transform', x, (value, at) => shareOf(value, this.quantiles[at]!, this.#references));
    if (this.output === 'normal') {
      const inner = shares.map((share) => Math.min(Math.max(share, threshold), 1 - threshold));
      shares.set(normalQuantiles(inner).map((z, i) => (Number.isNaN(shares[i]!) ? NaN : z)));
    }
    return resultOf(x, shares);
  }

  /**
   * Inverts {@link transform}, up to rounding, for values within the fitted range.
   *
   * @throws ShapeError if the last axis does not have the length of the fitted data
   * @example
   * quantileScaler(tensor([[1], [3], [9]])).inverse(tensor([[0.5], [0.75]])).toArray(); // => [[3],[6]]
   */
  inverse<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D extends 'float64' ? D : 'float32'> {
    checkFeatures('inverse', x, this.quantiles.length);
    const given = Float64Array.from(x['~values']);
    const shares = this.output === 'normal' ? normalShares(given) : given;
    const near = this.output === 'normal' ? threshold : 0;
    const ends = shares.map((share) => (share - near <= 0 ? 0 : share + near >= 1 ? 1 : share));
    const features = this.quantiles.length;
    return resultOf(
      x,
      ends.map((share, i) => interpolate(share, this.#references, this.quantiles[i % features]!)),
    );
  }

  /** The parameters, for the constructor. */
  toJSON(): Required<QuantileScalerState> {
    return { type: 'QuantileScaler', quantiles: this.quantiles, output: this.output };
  }

  #each(op: string, x: Tensor, change: (value: number, feature: number) => number): Float64Array {
    const features = this.quantiles.length;
    checkFeatures(op, x, features);
    return Float64Array.from(x['~values'], (value, i) => change(value, i % features));
  }
}

function rises(list: unknown): boolean {
  return (
    isListOf(list, Number.isFinite) &&
    (list as number[]).length > 0 &&
    (list as number[]).every((value, i, all) => i === 0 || value >= all[i - 1]!)
  );
}

function resultOf<T>(x: Tensor, values: Float64Array): T {
  return (
    x.dtype === 'float64'
      ? new Tensor(x.shape, 'float64', values)
      : new Tensor(x.shape, 'float32', Float32Array.from(values))
  ) as T;
}

/** The mean of the ranks from below and from above, so that equal quantiles give the middle of their ranks. */
function shareOf(value: number, quantiles: readonly number[], references: readonly number[]): number {
  if (value === quantiles[0]) return 0;
  if (value === quantiles.at(-1)) return 1;
  const mirrored = (list: readonly number[]): number[] => list.map((x) => -x).reverse();
  return (
    (interpolate(value, quantiles, references) - interpolate(-value, mirrored(quantiles), mirrored(references))) / 2
  );
}

/** Interpolates linearly, at the last of equal positions; clips beyond the ends. */
function interpolate(at: number, places: readonly number[], values: readonly number[]): number {
  if (Number.isNaN(at)) return NaN;
  if (at < places[0]!) return values[0]!;
  let [low, high] = [0, places.length];
  while (high - low > 1) {
    const middle = (low + high) >>> 1;
    if (places[middle]! <= at) low = middle;
    else high = middle;
  }
  if (low === places.length - 1) return values[low]!;
  const part = (at - places[low]!) / (places[low + 1]! - places[low]!);
  return values[low]! + part * (values[low + 1]! - values[low]!);
}

/**
 * Fits a scaler that maps each feature to a uniform or normal distribution by its quantiles. It is monotone and robust to outliers.
 *
 * @param x - `[…, features]`, at least one row
 * @param options - `quantiles` (1000, at most one per row), `output` ('uniform')
 * @throws ShapeError for a tensor without features or rows
 * @throws ValueError for a value that is not finite
 * @example
 * quantileScaler(tensor([[1], [3], [900]])).transform(tensor([[900], [3]])).toArray(); // => [[1],[0.5]]
 */
export function quantileScaler(x: Tensor, options: QuantileScalerOptions = {}): QuantileScaler {
  const { values, features, rows } = fitted('quantileScaler', x);
  checkOptions('quantileScaler', options, { quantiles: integerFrom(2), output: oneOf('uniform', 'normal') });
  const count = Math.min(options.quantiles ?? 1000, rows);
  const shares = Array.from({ length: count }, (_, i) => (count === 1 ? 0 : i / (count - 1)));
  return new QuantileScaler({
    quantiles: sortedColumns(values, features).map((column) => rising(quantilesOf(column, shares))),
    output: options.output ?? 'uniform',
  });
}

/** Removes decreases in the last digit, which interpolation may cause. */
function rising(values: readonly number[]): number[] {
  let most = -Infinity;
  return values.map((value) => (most = Math.max(most, value)));
}
