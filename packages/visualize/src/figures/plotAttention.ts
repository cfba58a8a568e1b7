import { aString, checkOptions } from '@chainrule/errors/check';
import { type CellFigure, figureOf } from '../figure.ts';
import { checkSameLength, names, type NumberTable, tableOf } from './values.ts';

/** Options of {@link plotAttention}. */
export interface AttentionOptions {
  /** The tokens that attend, one for each row. */
  readonly queries: readonly string[];
  /** The tokens that they attend to, one for each column. */
  readonly keys: readonly string[];
  readonly title?: string;
}

/**
 * How much each token attends to each other one.
 *
 * @param weights - `[queries, keys]`, of one head and one sample
 * @throws OptionError for another number of tokens than rows or columns
 * @example
 * plotAttention([[0.9, 0.1]], { queries: ['chat'], keys: ['cat', 'the'] }).columns; // => ['cat','the']
 */
export function plotAttention(weights: NumberTable, options: AttentionOptions): CellFigure {
  checkOptions('plotAttention', options, { queries: names, keys: names, title: aString }, 'queries', 'keys');
  const { queries, keys, title = 'attention' } = options;
  const values = tableOf('plotAttention', 'weights', weights);
  checkSameLength('plotAttention', 'queries', queries, values.length, 'there are rows');
  checkSameLength('plotAttention', 'keys', keys, values[0]?.length ?? 0, 'there are columns');
  return figureOf({
    kind: 'cells',
    title,
    x: 'attended to',
    y: 'attending',
    columns: keys,
    rows: queries,
    values,
    scale: 'attention weight',
  });
}
