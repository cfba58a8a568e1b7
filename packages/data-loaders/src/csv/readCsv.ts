import { FormatError, showValue } from '@chainrule/errors';
import { aBoolean, aString, type Check, checkOptions, type Checks, refuse } from '@chainrule/errors/check';
import { fromZero, strings } from '../checks.ts';
import { readText } from '../text/readLines.ts';
import { Cells, maxOffset } from './cells.ts';
import { CsvTable } from './csvTable.ts';
import { aCharacter, type CsvFormat, type Dialect, dialectOf } from './dialect.ts';
import { Records } from './records.ts';

/** Options of {@link readCsv}. */
export interface ReadCsvOptions extends CsvFormat {
  /** Whether the first row contains column names; or the names, if the first row contains values. Default: `true`. */
  readonly header?: boolean | readonly string[];
  /** Whether to rename repeated names to `a`, `a.1`, and empty names to `Unnamed: 0`, as pandas does. By default both throw. */
  readonly rename?: boolean;
  /** The columns to keep, in this order. Default: all. */
  readonly columns?: readonly string[];
  /** The texts that mean a missing value, compared without surrounding blanks. Default: the empty text. */
  readonly na?: readonly string[];
  /** The encoding of bytes, such as `latin1`. Default: `utf-8`. */
  readonly encoding?: string;
  /** The name of the text in error messages, such as a file name. Default: `text`. */
  readonly name?: string;
}

const header: Check = (op, name, value) => typeof value === 'boolean' || strings(op, name, value);
// `dialectOf` checks that characters differ.
export const csvChecks: Checks<ReadCsvOptions> = {
  header,
  rename: aBoolean,
  columns: strings,
  na: strings,
  encoding: aString,
  name: aString,
  delimiter: (op, name, value) => value === 'whitespace' || aCharacter(op, name, value),
  quote: (op, name, value) => value === false || aCharacter(op, name, value),
  trim: aBoolean,
  comment: aString,
  skip: fromZero,
  footer: fromZero,
  decimal: aCharacter,
  thousands: aString,
};

/**
 * Reads comma-separated values. Values stay text until {@link CsvTable.tensor} or {@link CsvTable.numbers} converts them to
 * numbers. Skips empty lines; a quoted empty value counts as a row.
 *
 * Source: RFC 4180.
 *
 * @param text - the whole text, or its bytes
 * @throws FormatError if a row has too few or too many values, a quote is not closed, a column is missing or named twice, or
 * bytes are invalid in the encoding; the message has the row
 * @throws OptionError for an option out of range
 * @throws OptionError if `text` is neither a string nor bytes
 * @example
 * const table = readCsv('sepal,species\n5.1,setosa\n7,versicolor\n');
 * table.tensor(['sepal']).toArray(); // => [[5.099999904632568],[7]]
 * table.classes('species').names; // => ['setosa','versicolor']
 */
export function readCsv(text: string | Uint8Array, options: ReadCsvOptions = {}): CsvTable {
  if (typeof text !== 'string' && !(text instanceof Uint8Array))
    refuse('readCsv', 'text', 'a string or a Uint8Array', text);
  if (typeof text === 'string' && /^[^\n]+\.(csv|tsv|txt)$/i.test(text))
    refuse('readCsv', 'text', 'the text of a table', text, `read the file first: \`readFileSync(${showValue(text)})\``);
  checkOptions('readCsv', options, csvChecks);
  const { header = true, columns, na = [''], encoding, name = 'text' } = options;
  const dialect = dialectOf(options);
  const bytes = utf8Of(text, encoding, name);
  const { cells, width, count, number } = scan(bytes, dialect, name);
  const hasNames = header === true;
  const given =
    typeof header === 'object'
      ? [...header]
      : Array.from({ length: width }, (_, i) => (hasNames ? cells.text(i) : String(i)));
  if (count < (typeof header === 'object' ? 0 : 1))
    throw new FormatError(
      `readCsv: ${name}: expected a row, got none; set \`header\` to the column names if the table may be empty`,
    );
  const names = options.rename ? renamed(given) : given;
  checkNames(names, name);
  if (count > 0 && names.length !== width)
    throw new FormatError(`readCsv: ${name}: expected ${names.length} values, got ${width} in row ${number}`);
  const first = hasNames ? 1 : 0;
  const table = new CsvTable({
    name,
    columns: names,
    places: names.map((_, i) => i),
    cells,
    rows: { count: count - first, at: (row) => (row + first) * width },
    na: new Set(na),
    numberOf: (cell) => numberOf(cells.startOf(cell), bytes, dialect, name),
  });
  return columns ? table.select(columns) : table;
}

/** The text in UTF-8 without a byte order mark. Checks bytes in UTF-8, and does not copy them. */
function utf8Of(text: string | Uint8Array, encoding: string | undefined, name: string): Uint8Array {
  const isUtf8 = text instanceof Uint8Array && (encoding === undefined || /^utf-?8$/i.test(encoding));
  let bytes: Uint8Array;
  if (!isUtf8)
    bytes = new TextEncoder().encode(typeof text === 'string' ? text : readText(text, { name, encoding: encoding! }));
  else {
    bytes = text;
    if (!isAscii(bytes)) readText(bytes, { name });
  }
  if (bytes.length > maxOffset)
    throw new FormatError(`readCsv: ${name}: expected at most ${maxOffset} bytes, got ${bytes.length}`);
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
}

/** Whether all bytes are below 128. Compares four at a time if memory is aligned. */
function isAscii(bytes: Uint8Array): boolean {
  const start = Math.min(bytes.length, -bytes.byteOffset & 3);
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + start, (bytes.length - start) >>> 2);
  let all = 0;
  for (let i = 0; i < words.length; i++) all |= words[i]!;
  for (let i = 0; i < start; i++) all |= bytes[i]!;
  for (let i = start + words.length * 4; i < bytes.length; i++) all |= bytes[i]!;
  return (all & 0x80808080) === 0;
}

interface Scan {
  readonly cells: Cells;
  /** The number of cells per row. */
  readonly width: number;
  /** The number of rows, including the header. */
  readonly count: number;
  /** The number of the first row in the text. */
  readonly number: number;
}

/** Finds the cells of all rows. All rows before the footer must have the same length. */
function scan(bytes: Uint8Array, dialect: Dialect, name: string): Scan {
  const { skip, footer } = dialect;
  const cells = new Cells(bytes, dialect);
  const records = new Records(bytes, dialect, name);
  let [count, width, number] = [0, 0, 0];
  let uneven: { readonly row: number; readonly got: number; readonly number: number } | undefined;
  for (;;) {
    records.cells = records.number < skip || uneven ? undefined : cells;
    const got = records.next();
    if (got < 0) break;
    if (got === 0 || records.number <= skip) continue;
    if (count === 0) [width, number] = [got, records.number];
    if (got !== width) uneven ??= { row: count, got, number: records.number };
    count += 1;
  }
  count = Math.max(0, count - footer);
  if (uneven && uneven.row < count)
    throw new FormatError(
      `readCsv: ${name}: expected ${width} values, got ${uneven.got} in row ${uneven.number}; \`footer\` leaves out rows at the end`,
    );
  return { cells, width, count, number };
}

/** The number of the row at an offset. Counts the rows again, so that tables need no memory for row numbers. */
function numberOf(offset: number, bytes: Uint8Array, dialect: Dialect, name: string): number {
  const records = new Records(bytes, dialect, name);
  do records.next();
  while (records.at <= offset && records.at < bytes.length);
  return records.number;
}

function checkNames(names: readonly string[], name: string): void {
  const seen = new Set<string>();
  for (const column of names) {
    if (seen.has(column))
      throw new FormatError(
        `readCsv: ${name}: expected unique column names, got ${showValue(column)} twice; \`rename: true\` numbers them`,
      );
    seen.add(column);
  }
}

function renamed(names: readonly string[]): string[] {
  const taken = new Set(names);
  const counts = new Map<string, number>();
  return names.map((given, i) => {
    const column = given === '' ? `Unnamed: ${i}` : given;
    let n = counts.get(column) ?? 0;
    let unique = column;
    for (; n > 0 && taken.has(unique); n++) unique = `${column}.${n}`;
    counts.set(column, Math.max(1, n));
    taken.add(unique);
    return unique;
  });
}
