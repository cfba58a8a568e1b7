import { FormatError, OptionError, ShapeError, showShape, showValue, ValueError } from '@chainrule/errors';
import { aBoolean, aNumber, checkOptions, listOf, upToOne } from '@chainrule/errors/check';
import type { DType, Shape, Tensor } from '@chainrule/tensor';
import { aTensor, quantilesOf } from '@chainrule/tensor/graph';
import { changeFeatures } from './features.ts';
import type { Preprocessor } from './preprocessor.ts';

/** The parameters of a {@link Scaler}, as a JSON value to save with a model. */
export interface ScalerState {
  readonly type?: 'Scaler';
  /** The number to subtract from each feature. */
  readonly offset: readonly number[];
  /** The number to divide each feature by, after the subtraction. */
  readonly scale: readonly number[];
}

/**
 * Scales each feature (the last axis): (x − offset) / scale. Fit a scaler to the training data by {@link standardScaler} or
 * {@link minMaxScaler}, and use the same scaler for all other data.
 *
 * @example
 * const scaler = new Scaler({ offset: [10], scale: [2] });
 * scaler.transform(tensor([[12], [8]])).toArray(); // => [[1],[-1]]
 */
export class Scaler implements Preprocessor<Tensor, Tensor> {
  readonly offset: readonly number[];
  readonly scale: readonly number[];

  /**
   * @param state - the result of {@link toJSON}
   * @throws FormatError if a number is not finite, a scale is 0 or the lists differ in length
   */
  constructor(state: ScalerState) {
    const { offset, scale } = state ?? {};
    const isList = (list: unknown): boolean => Array.isArray(list) && list.every(Number.isFinite);
    if (!isList(offset) || !isList(scale) || offset.length !== scale.length || scale.includes(0))
      throw new FormatError(
        `Scaler: expected \`offset\` and \`scale\` of as many finite numbers, no scale 0, got ${showValue(offset)} and ${showValue(scale)}`,
      );
    this.offset = [...offset];
    this.scale = [...scale];
  }

  /**
   * Scales the features.
   *
   * @param x - `[…, features]`
   * @returns the same shape, float64 for float64 and float32 otherwise
   * @throws ShapeError if the last axis does not have the length of the fitted data
   * @example
   * standardScaler(tensor([[1], [3]])).transform(tensor([[5]])).toArray(); // => [[3]]
   */
  transform<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D extends 'float64' ? D : 'float32'> {
    return changeFeatures('transform', x, this.offset.length, (value, i) => (value - this.offset[i]!) / this.scale[i]!);
  }

  /**
   * Inverts {@link transform}, up to rounding.
   *
   * @throws ShapeError if the last axis does not have the length of the fitted data
   * @example
   * standardScaler(tensor([[1], [3]])).inverse(tensor([[3]])).toArray(); // => [[5]]
   */
  inverse<S extends Shape, D extends DType>(x: Tensor<S, D>): Tensor<S, D extends 'float64' ? D : 'float32'> {
    return changeFeatures('inverse', x, this.offset.length, (value, i) => value * this.scale[i]! + this.offset[i]!);
  }

  /** The parameters, for the constructor. */
  toJSON(): Required<ScalerState> {
    return { type: 'Scaler', offset: this.offset, scale: this.scale };
  }
}

/**
 * Fits a scaler to mean 0 and standard deviation 1, with the population formula as in scikit-learn. A constant feature is
 * divided by 1, so it becomes 0.
 *
 * @param x - `[…, features]`, at least one row
 * @throws ShapeError for a tensor without features or rows
 * @throws ValueError for a value that is not finite
 * @example
 * standardScaler(tensor([[1, 5], [3, 5]])).transform(tensor([[1, 5], [3, 5]])).toArray(); // => [[-1,0],[1,0]]
 */
export function standardScaler(x: Tensor): Scaler {
  const { values, features, rows } = fitted('standardScaler', x);
  const offset = new Array<number>(features).fill(0);
  const squares = new Array<number>(features).fill(0);
  // Welford's algorithm, 1962, avoids differences of large sums.
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < features; i++) {
      const value = values[row * features + i]!;
      const delta = value - offset[i]!;
      offset[i]! += delta / (row + 1);
      squares[i]! += delta * (value - offset[i]!);
    }
  }
  const ends = extremes(values, features);
  return new Scaler({
    offset,
    scale: squares.map((sum, i) => (ends[i]![0] === ends[i]![1] ? 1 : Math.sqrt(sum / rows) || 1)),
  });
}

/**
 * Fits a scaler that maps the least value of each feature to `range[0]` and the greatest to `range[1]`; by default 0 and 1.
 * A constant feature becomes `range[0]`, as if its greatest value were one more.
 *
 * @param x - `[…, features]`, at least one row
 * @throws ShapeError for a tensor without features or rows
 * @throws ValueError for a value that is not finite
 * @throws OptionError if the range does not increase
 * @example
 * minMaxScaler(tensor([[1, 5], [3, 5]])).transform(tensor([[2, 5]])).toArray(); // => [[0.5,0]]
 */
export function minMaxScaler(x: Tensor, options: { readonly range?: readonly [number, number] } = {}): Scaler {
  checkOptions('minMaxScaler', options, { range: listOf('a list of two numbers', aNumber) });
  const { range: [low, high] = [0, 1] } = options;
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
    throw new OptionError(`minMaxScaler: \`range\` must rise, got ${showValue([low, high])}`);
  const { values, features } = fitted('minMaxScaler', x);
  const ends = extremes(values, features);
  const scale = ends.map(([least, greatest]) => (greatest - least || 1) / (high - low) || 1);
  return new Scaler({ offset: ends.map(([least], i) => least - low * scale[i]!), scale });
}

/** Options of {@link robustScaler}. */
export interface RobustScalerOptions {
  /** The quantiles whose difference becomes 1. Default [0.25, 0.75]. */
  readonly quantileRange?: readonly [number, number];
  /** Whether to subtract the median. Default true. */
  readonly centering?: boolean;
  /** Whether to divide by the difference of the quantiles. Default true. */
  readonly scaling?: boolean;
}

/**
 * Fits a scaler that maps the median of each feature to 0 and the difference of two quantiles to 1, so that outliers have
 * little influence. A feature whose quantiles are equal is divided by 1.
 *
 * @param x - `[…, features]`, at least one row
 * @param options - `quantileRange` ([0.25, 0.75]), `centering` (true), `scaling` (true)
 * @throws ShapeError for a tensor without features or rows
 * @throws ValueError for a value that is not finite
 * @throws OptionError for quantiles that are not ascending or are outside [0, 1]
 * @example
 * robustScaler(tensor([[1], [2], [3], [100]])).transform(tensor([[2.5], [28]])).toArray(); // => [[0],[1]]
 */
export function robustScaler(x: Tensor, options: RobustScalerOptions = {}): Scaler {
  const name = 'robustScaler';
  const { values, features } = fitted(name, x);
  checkOptions(name, options, {
    quantileRange: listOf('a list of two numbers', upToOne),
    centering: aBoolean,
    scaling: aBoolean,
  });
  const { quantileRange = [0.25, 0.75], centering = true, scaling = true } = options;
  if (quantileRange.length !== 2 || !(quantileRange[0] < quantileRange[1]))
    throw new OptionError(`${name}: \`quantileRange\` must be two rising numbers, got ${showValue(quantileRange)}`);
  const each = sortedColumns(values, features).map((column) => quantilesOf(column, [0.5, ...quantileRange]));
  return new Scaler({
    offset: each.map(([median]) => (centering ? median! : 0)),
    scale: each.map(([, low, high]) => (scaling && high! - low!) || 1),
  });
}

/** The values of each feature in ascending order. */
export function sortedColumns(values: ArrayLike<number>, features: number): Float64Array[] {
  const rows = values.length / features;
  return Array.from({ length: features }, (_, k) =>
    Float64Array.from({ length: rows }, (_, row) => values[row * features + k]!).sort(),
  );
}

interface Fitted {
  readonly values: ArrayLike<number>;
  readonly features: number;
  readonly rows: number;
}

/** The values to which a scaler is fitted. */
export function fitted(op: string, x: Tensor): Fitted {
  aTensor(op, 'x', x);
  const features = x.shape.at(-1);
  if (!features || x.size === 0)
    throw new ShapeError(`${op}: expects at least one row of features, got shape ${showShape(x.shape)}`);
  const values = x['~values'];
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw new ValueError(
      `${op}: expects finite values, got ${values[wrong]} in row ${Math.floor(wrong / features)}, feature ${wrong % features}`,
    );
  return { values, features, rows: values.length / features };
}

/** The least and greatest value of each feature. */
function extremes(values: ArrayLike<number>, features: number): [number, number][] {
  const ends = Array.from({ length: features }, (): [number, number] => [Infinity, -Infinity]);
  for (let i = 0; i < values.length; i++) {
    const end = ends[i % features]!;
    end[0] = Math.min(end[0], values[i]!);
    end[1] = Math.max(end[1], values[i]!);
  }
  return ends;
}
