import { anything, aString, checkOptions, optional, refuse } from '@chainrule/errors/check';
import { type BarFigure, figureOf, type PanelFigure, type PointFigure } from '../figure.ts';
import { binned } from './plotHistogram.ts';
import { checkSameLength, className, classesOf, names, type Numbers, type NumberTable, tableOf } from './values.ts';

/** Options of {@link plotScatterMatrix}. */
export interface ScatterMatrixOptions {
  /** The names of the features; by default those of the table, or their numbers. */
  readonly names?: readonly string[];
  /** The class number of each row, for its color. */
  readonly labels?: Numbers;
  /** The names of the classes. */
  readonly classes?: readonly string[];
  readonly title?: string;
}

/** Columns of numbers by name, such as a `CsvTable`. */
export interface NamedColumns {
  readonly columns: readonly string[];
  numbers(column: string): readonly number[];
}

/** A picture has no room for more. */
const mostFeatures = 10;

/**
 * A grid with a panel for each pair of features: the first feature to the right, the second upwards, and the histogram of a
 * feature where both are the same.
 *
 * @param table - `[rows, features]`, or a table with columns of numbers, such as a `CsvTable`; at most 10 features
 * @throws OptionError for other shapes, and for another number of names or labels
 * @example
 * const { panels, columns } = plotScatterMatrix([[1, 5], [2, 4], [3, 6]], { names: ['size', 'age'], labels: [0, 1, 1] });
 * [columns, panels.map(({ kind }) => kind)]; // => [2,['bars','points','points','bars']]
 */
export function plotScatterMatrix(
  table: NumberTable | NamedColumns,
  options: ScatterMatrixOptions = {},
): PanelFigure<PointFigure | BarFigure> {
  const op = 'plotScatterMatrix';
  checkOptions(op, options, { names: optional(names), labels: anything, classes: optional(names), title: aString });
  const { features, rows } = featuresOf(op, table, options.names);
  if (features.length > mostFeatures)
    refuse(op, 'table', `at most ${mostFeatures} features`, features.length, 'select some columns');
  const labels = options.labels === undefined ? undefined : classesOf(op, 'labels', options.labels);
  if (labels) checkSameLength(op, 'labels', labels, rows, 'there are rows');
  const known = [...new Set(labels)].sort((a, b) => a - b);
  const groups = known.map((k) => className(options.classes, k));
  const panels = features.flatMap((up, r) =>
    features.map((across, c): PointFigure | BarFigure => {
      const common = {
        title: r === 0 ? across.name : '',
        x: r === features.length - 1 ? across.name : '',
        y: c > 0 ? '' : r === 0 ? 'count' : up.name,
      };
      if (r === c) return { kind: 'bars', ...common, ...binned(histogramsOf(up.values, labels, known, groups), 12) };
      const points = up.values.map((y, i) => ({
        x: across.values[i]!,
        y,
        ...(labels && { group: className(options.classes, labels[i]!) }),
      }));
      return { kind: 'points', ...common, groups, points };
    }),
  );
  const all = features.map(({ name }) => name).join(', ');
  return figureOf({
    kind: 'panels',
    title: options.title ?? 'pairs of features',
    description: `Scatter matrix of ${features.length} features of ${rows} samples: ${all}.`,
    panels,
    columns: Math.max(1, features.length),
  });
}

interface Feature {
  readonly name: string;
  readonly values: readonly number[];
}

function featuresOf(
  op: string,
  table: NumberTable | NamedColumns,
  given: readonly string[] | undefined,
): { readonly features: readonly Feature[]; readonly rows: number } {
  const named = (table ?? {}) as Partial<NamedColumns>;
  const known: readonly string[] = named.columns ?? [];
  const isNamed = typeof named.numbers === 'function' && Array.isArray(named.columns);
  const list = isNamed ? [] : tableOf(op, 'table', table as NumberTable);
  const columns = isNamed
    ? known.map((name) => (table as NamedColumns).numbers(name))
    : (list[0] ?? []).map((_, k) => list.map((row) => row[k]!));
  const all = given ?? (isNamed ? known : columns.map((_, k) => `feature ${k}`));
  checkSameLength(op, 'names', all, columns.length, 'there are features');
  return { features: columns.map((values, k) => ({ name: all[k]!, values })), rows: columns[0]?.length ?? 0 };
}

/** The values of each class, or all of them. */
function histogramsOf(
  values: readonly number[],
  labels: readonly number[] | undefined,
  known: readonly number[],
  groups: readonly string[],
): { readonly name: string; readonly values: readonly number[] }[] {
  if (!labels) return [{ name: '', values }];
  return known.map((k, n) => ({ name: groups[n]!, values: values.filter((_, i) => labels[i] === k) }));
}
