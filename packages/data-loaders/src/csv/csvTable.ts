import { FormatError, showByString, showValue } from '@chainrule/errors';
import { aString, checkOptions, oneOf, optional, refuse } from '@chainrule/errors/check';
import { type FloatDType, Tensor } from '@chainrule/tensor';
import { allocate } from '@chainrule/tensor/graph';
import { checkRows } from '../splits/checkRows.ts';
import { type Classes, classesOf } from '../tables/classes.ts';
import type { NumericOptions, RowTable } from '../tables/table.ts';
import { missingNumber, strings } from '../checks.ts';
import type { Content } from './content.ts';
import { decimal } from './decimal.ts';
import { showRows } from './showRows.ts';

/** The number of rows that `toString` shows. */
const shownRows = 5;

/**
 * A table of text values with named columns, from {@link readCsv}.
 *
 * @example
 * const table = readCsv('a,b\n1,x\n2,?', { na: ['?'] });
 * [table.columns, table.size]; // => [['a','b'],2]
 */
export class CsvTable implements RowTable {
  readonly #content: Content;
  readonly #places: ReadonlyMap<string, number>;
  /** Whether a number may mean a missing value, such as -999. */
  readonly #isNumberMissing: boolean;

  constructor(content: Content) {
    if (!Array.isArray((content as Partial<Content> | undefined)?.columns))
      refuse('CsvTable', 'content', 'content from `readCsv`', content, 'call `readCsv` to make a table');
    this.#content = content;
    this.#places = new Map(content.columns.map((column, i) => [column, content.places[i]!]));
    this.#isNumberMissing = [...content.na].some((value) => decimal(value) !== undefined);
  }

  /** The names of the columns. */
  get columns(): readonly string[] {
    return this.#content.columns;
  }

  /** The number of rows. */
  get size(): number {
    return this.#content.rows.count;
  }

  /**
   * The values of a column as text.
   *
   * @param options - `missing` replaces missing values. By default they stay as they are
   * @throws FormatError if the column does not exist
   * @example
   * readCsv('a,b\n1,x\n2,y').text('b'); // => ['x','y']
   * readCsv('a,b\n1,x\n2,?', { na: ['?'] }).text('b', { missing: '' }); // => ['x','']
   */
  text(column: string, options: { readonly missing?: string } = {}): string[] {
    checkOptions('text', options, { missing: aString });
    const place = this.#placeOf(column);
    return this.#map((first) => {
      const value = this.#content.cells.text(first + place);
      return options.missing !== undefined && this.#isMissing(value) ? options.missing : value;
    });
  }

  /**
   * The values of a column as numbers.
   *
   * @throws FormatError if a value is missing or not a decimal number, or the column does not exist; the message has the row
   * @example
   * readCsv('a,b\n1,x\n2.5,y').numbers('a'); // => [1,2.5]
   */
  numbers(column: string, options: Pick<NumericOptions, 'missing'> = {}): number[] {
    checkOptions('numbers', options, { missing: missingNumber });
    const place = this.#placeOf(column);
    return this.#map((first) => this.#number(first + place, column, options.missing));
  }

  /**
   * The values of several columns as a matrix.
   *
   * @param columns - by default all
   * @returns `[rows, columns]`
   * @throws FormatError if a value is missing or not a decimal number, or a column does not exist; the message has the row
   * @example
   * readCsv('a,b,c\n1,2,x\n3,4,y').tensor(['b', 'a']).toArray(); // => [[2,1],[4,3]]
   */
  tensor<D extends FloatDType = 'float32'>(
    columns: readonly string[] = this.columns,
    options: NumericOptions<D> = {},
  ): Tensor<[number, number], D> {
    strings('tensor', 'columns', columns);
    checkOptions('tensor', options, { missing: missingNumber, dtype: oneOf('float32', 'float64') });
    const { missing, dtype = 'float32' as D } = options;
    const places = columns.map((column) => this.#placeOf(column));
    const { rows, cells } = this.#content;
    const isPlain = !this.#isNumberMissing;
    const values = allocate(dtype, [rows.count, places.length], 'tensor');
    for (let row = 0, to = 0; row < rows.count; row++) {
      const first = rows.at(row);
      for (let i = 0; i < places.length; i++) {
        const cell = first + places[i]!;
        const value = isPlain ? cells.plainNumber(cell) : NaN;
        values[to++] = Number.isNaN(value) ? this.#number(cell, columns[i]!, missing) : value;
      }
    }
    return new Tensor([this.size, places.length], dtype, values);
  }

  /**
   * Encodes a column of names as class numbers.
   *
   * @param names - the classes in order; by default in order of first appearance
   * @throws FormatError if a value is missing or not one of the names, or the column does not exist; the message has the row
   * @example
   * readCsv('y\ndog\ncat\ndog').classes('y').labels.toArray(); // => [0,1,0]
   */
  classes(column: string, names?: readonly string[]): Classes {
    optional(strings)('classes', 'names', names);
    const place = this.#placeOf(column);
    const first = (row: number): number => this.#content.rows.at(row) + place;
    const values = this.text(column).map((value) => (this.#isMissing(value) ? undefined : value));
    return classesOf(values, names, (row, expectation, got) => this.#fail(expectation, got, first(row), column));
  }

  /**
   * A table with the given columns, in the given order.
   *
   * @throws FormatError if the column does not exist
   * @example
   * readCsv('a,b,c\n1,2,3').select(['c', 'a']).columns; // => ['c','a']
   */
  select(columns: readonly string[]): CsvTable {
    strings('select', 'columns', columns);
    return new CsvTable({ ...this.#content, columns, places: columns.map((column) => this.#placeOf(column)) });
  }

  /**
   * A table without the given columns.
   *
   * @throws FormatError if the column does not exist
   * @example
   * readCsv('id,a,b\n7,1,2').drop(['id']).columns; // => ['a','b']
   */
  drop(columns: readonly string[]): CsvTable {
    strings('drop', 'columns', columns);
    for (const column of columns) this.#placeOf(column);
    const dropped = new Set(columns);
    return this.select(this.columns.filter((column) => !dropped.has(column)));
  }

  /**
   * A table with the given rows, in the given order; they may repeat.
   *
   * @param rows - indices from 0
   * @throws ValueError for an index out of range
   * @example
   * readCsv('a,b\n1,x\n2,y\n3,z').take([2, 0]).text('b'); // => ['z','x']
   */
  take(rows: ArrayLike<number>): CsvTable {
    checkRows('take', rows, this.size);
    return this.#withRows(Int32Array.from(rows, (row) => this.#content.rows.at(row)));
  }

  /**
   * A table with the rows that have no missing values.
   *
   * @example
   * readCsv('a,b\n1,?\n2,3', { na: ['?'] }).dropMissing().text('a'); // => ['2']
   */
  dropMissing(): CsvTable {
    const { cells, places } = this.#content;
    const whole = this.#map((first) =>
      places.some((place) => this.#isMissing(cells.text(first + place))) ? -1 : first,
    ).filter((first) => first >= 0);
    return this.#withRows(whole);
  }

  /** The number of rows, and the first of them. */
  toString(): string {
    const { cells, places, rows } = this.#content;
    const first = Array.from({ length: Math.min(this.size, shownRows) }, (_, row) =>
      places.map((place) => cells.text(rows.at(row) + place)),
    );
    return `CsvTable (${this.size} rows, ${this.columns.length} columns)\n${showRows([this.columns, ...first], this.size > shownRows)}`;
  }

  static {
    showByString(this);
  }

  #withRows(firstCells: ArrayLike<number>): CsvTable {
    return new CsvTable({ ...this.#content, rows: { count: firstCells.length, at: (row) => firstCells[row]! } });
  }

  #map<T>(change: (firstCell: number) => T): T[] {
    const { count, at } = this.#content.rows;
    return Array.from({ length: count }, (_, row) => change(at(row)));
  }

  #placeOf(column: string): number {
    aString('CsvTable', 'column', column);
    const place = this.#places.get(column);
    if (place === undefined)
      throw new FormatError(
        `readCsv: ${this.#content.name}: expected a column ${showValue(column)}, got ${showValue(this.columns)}`,
      );
    return place;
  }

  #isMissing(value: string): boolean {
    const { na } = this.#content;
    return na.has(value) || na.has(value.trim());
  }

  #number(cell: number, column: string, missing: number | undefined): number {
    const { cells } = this.#content;
    const isMissing = this.#isNumberMissing && this.#isMissing(cells.text(cell));
    const value = isMissing ? undefined : cells.number(cell);
    if (value !== undefined && !(missing !== undefined && Number.isNaN(value))) return value;
    if (value !== undefined || isMissing || this.#isMissing(cells.text(cell)))
      return missing ?? this.#fail('a number', 'none', cell, column, '; give `missing`, or use `dropMissing`');
    return this.#fail(
      'a number',
      showValue(cells.text(cell)),
      cell,
      column,
      '; list it in `na` if it means a missing value',
    );
  }

  #fail(expectation: string, got: string, cell: number, column: string, hint = ''): never {
    const { name, numberOf } = this.#content;
    throw new FormatError(
      `readCsv: ${name}: expected ${expectation}, got ${got} in row ${numberOf(cell)}, column ${showValue(column)}${hint}`,
    );
  }
}
