import { aBoolean, aString, checkOptions, optional } from '@chainrule/errors/check';
import { type CellFigure, figureOf } from '../figure.ts';
import { checkSameLength, names, type NumberTable, tableOf } from './values.ts';

/** Options of {@link plotHeatMap}. */
export interface HeatMapOptions {
  readonly title?: string;
  /** The titles of the axes, by default `column` and `row`. */
  readonly x?: string;
  readonly y?: string;
  /** The names of the columns and of the rows, by default their numbers from 0. */
  readonly columns?: readonly string[];
  readonly rows?: readonly string[];
  /** What the values are: the title of the color scale, by default `value`. */
  readonly scale?: string;
  /** Whether to write the values into the cells, by default false. */
  readonly annotate?: boolean;
}

/**
 * A table of numbers as colors, such as weights or correlations. Where some are negative, 0 is the middle of the color scale.
 *
 * @param values - `[rows, columns]`
 * @throws OptionError for another shape, or another number of names than rows or columns
 * @example
 * plotHeatMap(tensor([[1, -1], [0, 2]]), { rows: ['a', 'b'] }).rows; // => ['a','b']
 */
export function plotHeatMap(values: NumberTable, options: HeatMapOptions = {}): CellFigure {
  const op = 'plotHeatMap';
  checkOptions(op, options, {
    title: aString,
    x: aString,
    y: aString,
    columns: optional(names),
    rows: optional(names),
    scale: aString,
    annotate: aBoolean,
  });
  const table = tableOf(op, 'values', values);
  const width = table[0]?.length ?? 0;
  const numbered = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i));
  const { title = 'heat map', x = 'column', y = 'row', scale = 'value', annotate = false } = options;
  const { columns = numbered(width), rows = numbered(table.length) } = options;
  checkSameLength(op, 'columns', columns, width, 'there are columns');
  checkSameLength(op, 'rows', rows, table.length, 'there are rows');
  const labels = annotate && {
    labels: table.map((row) => row.map((value) => String(Number(value.toPrecision(2))).replace('-', '−'))),
  };
  return figureOf({ kind: 'cells', title, x, y, columns, rows, values: table, scale, ...labels });
}
