import { FormatError, ShapeError, showShape, showValue, ValueError } from '@chainrule/errors';
import { aBoolean, aFiniteNumber, checkOptions, oneOf, refuse } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { aTensor, quantilesOf } from '@chainrule/tensor/graph';
import { isListOf, missingNumber } from '../checks.ts';
import { checkFeatures } from './features.ts';
import type { Preprocessor } from './preprocessor.ts';

/** Options of {@link imputer}. */
export interface ImputerOptions {
  /** The replacement for missing values: a statistic of the feature, or a constant. Default 'mean'. */
  readonly strategy?: 'mean' | 'median' | 'mostFrequent' | 'constant';
  /** The replacement for the strategy 'constant'. Default 0. */
  readonly fillValue?: number;
  /** Whether to add a column of 0 and 1 for each feature that had missing values during fitting. Default false. */
  readonly indicator?: boolean;
  /** A number that marks missing values, in addition to NaN. */
  readonly missing?: number;
}

/** The parameters of an {@link Imputer}, as a JSON value to save with a model. */
export interface ImputerState {
  readonly type?: 'Imputer';
  /** The replacement for each feature. */
  readonly fill: readonly number[];
  /** The features with an indicator column. */
  readonly indicators: readonly number[];
  readonly missing: number | null;
}

/**
 * Replaces missing values in each feature (the last axis). {@link imputer} fits it.
 *
 * @example
 * const filling = new Imputer({ fill: [7, 8], indicators: [1], missing: null });
 * filling.transform(tensor([[1, NaN], [NaN, 2]])).toArray(); // => [[1,8,1],[7,2,0]]
 */
export class Imputer implements Preprocessor<Tensor, Tensor> {
  readonly fill: readonly number[];
  readonly indicators: readonly number[];
  readonly missing: number | null;

  /**
   * @param state - the result of {@link toJSON}
   * @throws FormatError if a number is not finite, or an indicator is not a feature
   */
  constructor(state: ImputerState) {
    const { fill, indicators, missing } = state ?? {};
    const isFeature = (at: unknown): boolean => Number.isInteger(at) && fill[at as number] !== undefined;
    const isFilled = isListOf(fill, Number.isFinite) && fill.length > 0;
    if (!isFilled || !isListOf(indicators, isFeature) || !(missing === null || typeof missing === 'number'))
      throw new FormatError(
        `Imputer: expected finite numbers as \`fill\`, features as \`indicators\` and a number or null as \`missing\`, got ${showValue(fill)}, ${showValue(indicators)} and ${showValue(missing)}`,
      );
    this.fill = [...fill];
    this.indicators = [...indicators];
    this.missing = missing;
  }

  /**
   * Replaces missing values, and appends a column of 0 and 1 for each indicator.
   *
   * @param x - `[…, features]`
   * @returns `[…, features + indicators]`, float64 for float64 and float32 otherwise
   * @throws ShapeError if the last axis does not have the length of the fitted data
   * @example
   * imputer(tensor([[1], [NaN], [3]])).transform(tensor([[NaN]])).toArray(); // => [[2]]
   */
  transform(x: Tensor): Tensor {
    const features = this.fill.length;
    checkFeatures('transform', x, features);
    const values = x['~values'];
    const width = features + this.indicators.length;
    const rows = values.length / features;
    const dtype = x.dtype === 'float64' ? 'float64' : 'float32';
    const result = dtype === 'float64' ? new Float64Array(rows * width) : new Float32Array(rows * width);
    for (let row = 0; row < rows; row++) {
      const at = (feature: number): number => values[row * features + feature]!;
      for (let i = 0; i < features; i++) result[row * width + i] = this.#isMissing(at(i)) ? this.fill[i]! : at(i);
      this.indicators.forEach(
        (feature, i) => (result[row * width + features + i] = Number(this.#isMissing(at(feature)))),
      );
    }
    return new Tensor([...x.shape.slice(0, -1), width], dtype, result);
  }

  /** The names, and `missing(name)` for each indicator. */
  featureNames(names: readonly string[]): readonly string[] {
    if (!isListOf(names, (name) => typeof name === 'string') || names.length !== this.fill.length)
      refuse('featureNames', 'names', `a list of ${this.fill.length} names`, names);
    return [...names, ...this.indicators.map((feature) => `missing(${names[feature]!})`)];
  }

  /** The parameters, for the constructor. */
  toJSON(): Required<ImputerState> {
    return { type: 'Imputer', fill: this.fill, indicators: this.indicators, missing: this.missing };
  }

  #isMissing(value: number): boolean {
    return Number.isNaN(value) || value === this.missing;
  }
}

/**
 * Fits an imputer, which replaces missing values (NaN). Of equally frequent values, it uses the least.
 *
 * @param x - `[…, features]`
 * @param options - `strategy` ('mean'), `fillValue` (0), `indicator` (false), `missing`: another mark of missing values
 * @throws ShapeError for a tensor without features
 * @throws ValueError for infinities, and for a feature without values unless the strategy is 'constant'
 * @example
 * const filling = imputer(tensor([[1, NaN], [NaN, 5], [3, 7]]), { strategy: 'median', indicator: true });
 * filling.transform(tensor([[NaN, 1]])).toArray(); // => [[2,1,1,0]]
 */
export function imputer(x: Tensor, options: ImputerOptions = {}): Imputer {
  const name = 'imputer';
  aTensor(name, 'x', x);
  checkOptions(name, options, {
    strategy: oneOf('mean', 'median', 'mostFrequent', 'constant'),
    fillValue: aFiniteNumber,
    indicator: aBoolean,
    missing: missingNumber,
  });
  const { strategy = 'mean', fillValue = 0, indicator = false, missing = null } = options;
  const features = x.shape.at(-1);
  if (!features) throw new ShapeError(`${name}: expects features in the last axis, got shape ${showShape(x.shape)}`);
  const all = Array.from({ length: features }, (): number[] => []);
  x['~values'].forEach((value, i) => {
    if (!Number.isNaN(value) && value !== missing) all[i % features]!.push(value);
  });
  const fill = all.map((values, i) => {
    if (strategy === 'constant') return fillValue;
    if (!values.length)
      throw new ValueError(
        `${name}: expects a value in every feature, got none in feature ${i}; drop it, or use the strategy "constant"`,
      );
    const number = { mean: meanOf, median: medianOf, mostFrequent: mostFrequentOf }[strategy](values);
    if (!Number.isFinite(number))
      throw new ValueError(`${name}: expects finite values, got ${number} as the ${strategy} of feature ${i}`);
    return number;
  });
  const rows = x.size / features;
  const indicators = [...all.keys()].filter((i) => indicator && all[i]!.length < rows);
  return new Imputer({ fill, indicators, missing: Number.isNaN(missing) ? null : missing });
}

const meanOf = (values: readonly number[]): number => {
  // Welford's algorithm, 1962, avoids large sums.
  let mean = 0;
  values.forEach((value, i) => (mean += (value - mean) / (i + 1)));
  return mean;
};
const medianOf = (values: readonly number[]): number => quantilesOf(Float64Array.from(values).sort(), [0.5])[0]!;

/** The most frequent value; the least of several. */
export function mostFrequentOf<T extends number | string>(values: readonly T[]): T {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, other) =>
    other[1] > best[1] || (other[1] === best[1] && other[0] < best[0]) ? other : best,
  )[0];
}
