import { aCount, aString, checkOptions, refuse } from '@chainrule/errors/check';
import type { Model } from '@chainrule/model';
import { isTensor } from '@chainrule/tensor';
import { type BarFigure, figureOf, type PanelFigure } from '../figure.ts';
import { named, type Numbers, numbersOf } from './values.ts';

/** Options of {@link plotHistogram}. */
export interface HistogramOptions {
  /** The number of bins. Default 30. */
  readonly bins?: number;
  readonly title?: string;
  /** The title of the x axis, by default `value`. */
  readonly x?: string;
}

/**
 * How often values fall into bins of equal width, such as those of weights, gradients or activations. NaN and infinities are
 * left out.
 *
 * @param values - numbers, a tensor of any shape, or several of them by name over the same bins
 * @throws OptionError for something else
 * @example
 * plotHistogram([0, 1, 1, 2], { bins: 2 }).bars[0].counts; // => [1,3]
 */
export function plotHistogram(
  values: Numbers | Readonly<Record<string, Numbers>>,
  options: HistogramOptions = {},
): BarFigure {
  const op = 'plotHistogram';
  checkOptions(op, options, { bins: aCount, title: aString, x: aString });
  const { bins = 30, title = 'histogram', x = 'value' } = options;
  const groups = named(op, 'values', values, flat);
  return figureOf({ kind: 'bars', title, x, y: 'count', ...binned(groups, bins) });
}

/**
 * A histogram of each trainable variable of a model.
 *
 * @param model - built, so that it has weights
 * @throws StateError before `build`
 * @example
 * const model = sequential(input([2]), dense(3)).build({ seed: 1 });
 * plotWeights(model).panels.map(({ title }) => title); // => ['dense/kernel','dense/bias']
 */
export function plotWeights(model: Model, options: Omit<HistogramOptions, 'x'> = {}): PanelFigure<BarFigure> {
  checkOptions('plotWeights', options, { bins: aCount, title: aString });
  if (typeof (model as Partial<Model> | null)?.variables !== 'function')
    refuse('plotWeights', 'model', 'a model', model);
  const panels = model
    .variables()
    .filter(({ value }) => value.trainable)
    .map(({ name, value }) => plotHistogram(value.value, { ...options, title: name, x: 'weight' }));
  return figureOf({ kind: 'panels', title: options.title ?? 'weights', panels });
}

/** The numbers of each group in each bin. The groups share the bins; NaN and infinities are left out. */
export function binned(
  groups: readonly { readonly name: string; readonly values: readonly number[] }[],
  bins: number,
): Pick<BarFigure, 'edges' | 'bars'> {
  const all = groups.map(({ name, values }) => ({ name, finite: values.filter(Number.isFinite) }));
  const edges = edgesOf(
    all.flatMap(({ finite }) => finite),
    bins,
  );
  return { edges, bars: all.map(({ name, finite }) => ({ name, counts: countsOf(finite, edges) })) };
}

function flat(op: string, name: string, values: Numbers): readonly number[] {
  return isTensor(values) ? [...values.data] : numbersOf(op, name, values);
}

/** The edges of equal bins from the least value to the largest. */
function edgesOf(values: readonly number[], bins: number): number[] {
  const [least, most] = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const [from, to] = values.length === 0 ? [0, 1] : least === most ? [least - 0.5, most + 0.5] : [least, most];
  return Array.from({ length: bins + 1 }, (_, i) => from + ((to - from) * i) / bins);
}

/** The last bin holds its upper edge, too, as in NumPy. */
function countsOf(values: readonly number[], edges: readonly number[]): number[] {
  const bins = edges.length - 1;
  const counts = new Array<number>(bins).fill(0);
  const [from, to] = [edges[0]!, edges[bins]!];
  for (const value of values) counts[Math.min(bins - 1, Math.floor(((value - from) / (to - from)) * bins))]! += 1;
  return counts;
}
