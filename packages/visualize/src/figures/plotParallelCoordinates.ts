import { aString, checkOptions, oneOf, refuse } from '@chainrule/errors/check';
import { figureOf, type ParallelAxis, type ParallelFigure } from '../figure.ts';
import { checkSameLength } from './values.ts';

/** The values of a hyper-parameter, or the scores, of each trial. */
export interface TrialAxis {
  readonly name: string;
  readonly values: readonly (number | string | boolean | null)[];
}

/** Options of {@link plotParallelCoordinates}. */
export interface ParallelCoordinatesOptions {
  /** Which scores have the strongest color. Default `greatest`; for losses, `least`. */
  readonly best?: 'greatest' | 'least';
  readonly title?: string;
}

/**
 * The trials of a search of hyper-parameters: a line for each trial across one axis for each hyper-parameter, to its score on
 * the last axis, which also gives its color (Inselberg 1985). Positive numbers whose largest is at least 30 times the
 * smallest have a logarithmic axis.
 *
 * @param search - the result of `gridSearch`, `randomSearch` or `halvingSearch`, or axes of which the last has the scores
 * @throws OptionError for axes of different lengths, and for scores that are not numbers
 * @example
 * const axes = [{ name: 'rate', values: [0.001, 0.1] }, { name: 'layers', values: [2, 3] }, { name: 'score', values: [0.5, 0.9] }];
 * plotParallelCoordinates(axes).axes.map(({ scale }) => scale); // => ['log','linear','linear']
 */
export function plotParallelCoordinates(
  search: readonly TrialAxis[] | { parallelCoordinates(): readonly TrialAxis[] },
  options: ParallelCoordinatesOptions = {},
): ParallelFigure {
  const op = 'plotParallelCoordinates';
  checkOptions(op, options, { best: oneOf('greatest', 'least'), title: aString });
  const found = (search ?? {}) as { parallelCoordinates?: unknown };
  const given: unknown =
    typeof found.parallelCoordinates === 'function' ? (found.parallelCoordinates as () => unknown)() : search;
  if (!Array.isArray(given) || given.length === 0 || !given.every(isAxis))
    return refuse(op, 'search', 'the result of a search, or axes { name, values }', search);
  const axes: readonly TrialAxis[] = given;
  const scores = axes.at(-1)!;
  for (const { name, values } of axes)
    checkSameLength(op, `search.${name}`, values, scores.values.length, 'there are scores');
  if (!isNumeric(scores.values)) refuse(op, `search.${scores.name}`, 'numbers', scores.values);
  const { best = 'greatest', title = 'hyper-parameters' } = options;
  const last = axes.length - 1;
  return figureOf({ kind: 'parallel', title, axes: axes.map((axis, i) => axisOf(axis, i === last)), best });
}

function isAxis(value: unknown): value is TrialAxis {
  const { name, values } = (value ?? {}) as Partial<TrialAxis>;
  return typeof name === 'string' && Array.isArray(values);
}

function isNumeric(values: TrialAxis['values']): values is readonly number[] {
  return values.every((value) => typeof value === 'number');
}

/** Scores, which may be near 0 by chance, are linear. */
function axisOf({ name, values }: TrialAxis, isScore: boolean): ParallelAxis {
  if (!isNumeric(values))
    return { name, values: values.map((value) => (typeof value === 'number' ? value : String(value))) };
  const finite = values.filter(Number.isFinite);
  const [least, most] = [finite.reduce((a, b) => Math.min(a, b), Infinity), finite.reduce((a, b) => Math.max(a, b), 0)];
  return { name, values, scale: !isScore && least > 0 && most >= 30 * least ? 'log' : 'linear' };
}
