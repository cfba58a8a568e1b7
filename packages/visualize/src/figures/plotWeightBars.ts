import { aCount, aString, checkOptions } from '@chainrule/errors/check';
import { type CategoryFigure, figureOf } from '../figure.ts';
import { checkSameLength, names as aListOfNames, type Numbers, numbersOf } from './values.ts';

/** Options of {@link plotWeightBars}. */
export interface WeightBarsOptions {
  /** The number of weights at most, by default 20. */
  readonly count?: number;
  readonly title?: string;
  /** What the weights are, by default `weight`. */
  readonly x?: string;
  /** What the names are, by default `feature`. */
  readonly y?: string;
}

/**
 * The weights that are farthest from 0, as bars to the right or, if negative, to the left: those of a linear model, or how
 * much each feature matters.
 *
 * @param names - of the features
 * @param weights - one for each name
 * @throws OptionError for more names than weights or fewer
 * @example
 * plotWeightBars(['size', 'age', 'rooms'], [0.5, -2, 1], { count: 2 }).names; // => ['age','rooms']
 */
export function plotWeightBars(
  names: readonly string[],
  weights: Numbers,
  options: WeightBarsOptions = {},
): CategoryFigure {
  const op = 'plotWeightBars';
  checkOptions(op, options, { count: aCount, title: aString, x: aString, y: aString });
  const { count = 20, title = 'weights', x = 'weight', y = 'feature' } = options;
  aListOfNames(op, 'names', names);
  const values = numbersOf(op, 'weights', weights);
  checkSameLength(op, 'weights', values, names.length, 'there are names');
  // NaN is last.
  const size = (i: number): number => (Number.isNaN(values[i]) ? -1 : Math.abs(values[i]!));
  const chosen = [...values.keys()].sort((a, b) => size(b) - size(a)).slice(0, count);
  return figureOf({
    kind: 'categories',
    title,
    x,
    y,
    names: chosen.map((i) => names[i]!),
    bars: [{ name: '', values: chosen.map((i) => values[i]!) }],
  });
}
