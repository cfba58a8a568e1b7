import { FormatError, OptionError, showValue } from '@chainrule/errors';
import { dsvFormat } from 'd3-dsv';
import { checkCount } from '../checkCount.ts';
import { CsvTable } from './csvTable.ts';

/** Options of {@link readCsv}. */
export interface ReadCsvOptions {
  /** Whether the first row names the columns, by default true; or the names, if the rows begin at once. */
  readonly header?: boolean | readonly string[];
  /** How many rows at the start to leave out; by default 0. */
  readonly skip?: number;
  /** The columns to keep, in this order; by default all. */
  readonly columns?: readonly string[];
  /** The values that mean that there is none; by default the empty one. */
  readonly na?: readonly string[];
  /** What stands between values, one character; by default a comma. */
  readonly delimiter?: string;
  /** What messages call the text, such as the file's name; by default `text`. */
  readonly name?: string;
}

const [quote, lineFeed, carriageReturn] = ['"', '\n', '\r'];

/**
 * Reads comma-separated values. No types are guessed: values are text until {@link CsvTable.tensor} or
 * {@link CsvTable.numbers} asks for numbers. Empty lines are left out, blanks around a value belong to it.
 *
 * Source: RFC 4180; parsed by d3-dsv.
 *
 * @param text - the whole text; {@link readText} decodes bytes
 * @throws FormatError with the row where a row has too few or too many values, a quote does not end, or a column is
 * missing or named twice
 * @example
 * const table = readCsv('sepal,species\n5.1,setosa\n7,versicolor\n');
 * table.tensor(['sepal']).toArray(); // => [[5.099999904632568],[7]]
 * table.classes('species').names; // => ['setosa','versicolor']
 */
export function readCsv(text: string, options: ReadCsvOptions = {}): CsvTable {
  const { header = true, skip = 0, columns, na = [''], delimiter = ',', name = 'text' } = options;
  if (delimiter.length !== 1 || [quote, lineFeed, carriageReturn].includes(delimiter)) {
    throw new OptionError(`readCsv: \`delimiter\` must be one character and no quote or line end, got ${showValue(delimiter)}`);
  }
  checkCount('readCsv', 'skip', skip, 0);
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  checkQuotes(plain, delimiter, name);
  const parsed = dsvFormat(delimiter).parseRows(plain);
  const numbered = parsed.map((values, i) => ({ values, row: i + 1 })).filter(({ values, row }) => row > skip && (values.length > 1 || values[0] !== ''));
  const names = typeof header === 'object' ? [...header] : header ? numbered.shift()?.values : numbered[0]?.values.map((_, i) => String(i));
  if (!names) throw new FormatError(`readCsv: ${name}: expected a row, got none; name the columns by \`header\` if there may be none`);
  const twice = names.find((column, i) => names.indexOf(column) !== i);
  if (twice !== undefined) throw new FormatError(`readCsv: ${name}: expected columns of different names, got ${showValue(twice)} twice`);
  for (const { values, row } of numbered) {
    if (values.length !== names.length) throw new FormatError(`readCsv: ${name}: expected ${names.length} values, got ${values.length} in row ${row}`);
  }
  const table = new CsvTable({ name, columns: names, rows: numbered.map(({ values }) => values), numbers: numbered.map(({ row }) => row), na: new Set(na) });
  return columns ? table.select(columns) : table;
}

/**
 * Refuses quotes that do not end, or not where their value does: the parser would read on in another value. As in the
 * parser, a quote within a value that does not begin with one stands for itself.
 */
function checkQuotes(text: string, delimiter: string, name: string): void {
  const ends = new Set([delimiter, lineFeed, carriageReturn, undefined]);
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (!ends.has(text[at - 1])) continue;
    const start = at;
    do at = text.indexOf(quote, at + (at === start ? 1 : 2));
    while (at >= 0 && text[at + 1] === quote);
    const got = at < 0 ? 'no end' : ends.has(text[at + 1]) ? undefined : `${showValue(text[at + 1])} after it`;
    if (got) {
      const line = text.slice(0, start).split('\n').length;
      throw new FormatError(`readCsv: ${name}: expected a quoted value to end before a delimiter, got ${got} for the one that begins in line ${line}`);
    }
  }
}
