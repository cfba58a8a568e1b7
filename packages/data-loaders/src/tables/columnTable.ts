import { FormatError, showValue, ValueError } from '@chainrule/errors';
import { aString, checkOptions, oneOf, optional, refuse } from '@chainrule/errors/check';
import { type FloatDType, Tensor } from '@chainrule/tensor';
import { allocate } from '@chainrule/tensor/graph';
import { missingNumber, strings } from '../checks.ts';
import { checkRows } from '../splits/checkRows.ts';
import { type Classes, classesOf } from './classes.ts';
import type { NumericOptions, RowTable } from './table.ts';

/** The values of a column: numbers, bigints, strings, booleans or dates; null, undefined and NaN are missing. */
export type ColumnValues = ArrayLike<unknown>;

/**
 * Rows of named, typed columns, such as those of a Parquet file or an Arrow table.
 *
 * @example
 * const table = new ColumnTable({ a: [1, 2], b: ['x', null] });
 * [table.columns, table.size]; // => [['a','b'],2]
 */
export class ColumnTable implements RowTable {
  readonly #columns: ReadonlyMap<string, ColumnValues>;
  readonly size: number;

  /**
   * @param columns - the values by name, all of the same length
   * @throws OptionError without columns, or if the values of a column are not a list; ValueError for different lengths
   */
  constructor(columns: Readonly<Record<string, ColumnValues>>) {
    const isRecord = typeof columns === 'object' && columns !== null && !Array.isArray(columns);
    const entries = isRecord ? Object.entries(columns) : [];
    if (!entries.length) refuse('ColumnTable', 'columns', 'an object with a list of values for each column', columns);
    const size = (entries[0]![1] as ColumnValues | undefined)?.length ?? 0;
    for (const [name, values] of entries) {
      if (!Array.isArray(values) && !ArrayBuffer.isView(values))
        refuse('ColumnTable', name, 'a list of values', values);
      if (values.length !== size)
        throw new ValueError(`ColumnTable: \`${name}\` must have ${size} values, got ${values.length}`);
    }
    this.#columns = new Map(entries);
    this.size = size;
  }

  /** The names of the columns. */
  get columns(): readonly string[] {
    return [...this.#columns.keys()];
  }

  /**
   * The values of a column as text.
   *
   * @param options - `missing` replaces missing values, by default ''
   * @throws FormatError if the column does not exist
   * @example
   * new ColumnTable({ b: ['x', null, 3n] }).text('b'); // => ['x','','3']
   */
  text(column: string, options: { readonly missing?: string } = {}): string[] {
    checkOptions('text', options, { missing: aString });
    return Array.from(this.#valuesOf(column), (value) => {
      if (isMissing(value)) return options.missing ?? '';
      return value instanceof Date ? value.toISOString() : String(value);
    });
  }

  /**
   * The values of a column as numbers: booleans are 0 and 1, dates milliseconds since 1970.
   *
   * @throws FormatError with the row if a value is missing or not a number, or the column does not exist
   * @example
   * new ColumnTable({ a: [1n, true, null] }).numbers('a', { missing: -1 }); // => [1,1,-1]
   */
  numbers(column: string, options: Pick<NumericOptions, 'missing'> = {}): number[] {
    checkOptions('numbers', options, { missing: missingNumber });
    const { missing } = options;
    return Array.from(this.#valuesOf(column), (value, row) => {
      if (isMissing(value)) {
        if (missing !== undefined) return missing;
        if (value !== null && value !== undefined) return NaN;
        return fail(column, row, 'a number', 'none', '; give `missing`');
      }
      if (value instanceof Date) return value.getTime();
      const number = typeof value === 'string' ? NaN : Number(value);
      if (Number.isNaN(number) || typeof value === 'object') return fail(column, row, 'a number', showValue(value));
      if (typeof value === 'bigint' && !Number.isSafeInteger(number))
        return fail(column, row, 'an integer of at most 2⁵³', showValue(value));
      return number;
    });
  }

  /**
   * Columns of numbers side by side.
   *
   * @param columns - by default all
   * @returns `[rows, columns]`
   * @throws FormatError with the row if a value is missing or not a number, or a column does not exist
   * @example
   * new ColumnTable({ a: [1, 2], b: [3, 4] }).tensor(['b', 'a']).toArray(); // => [[3,1],[4,2]]
   */
  tensor<D extends FloatDType = 'float32'>(
    columns: readonly string[] = this.columns,
    options: NumericOptions<D> = {},
  ): Tensor<[number, number], D> {
    strings('tensor', 'columns', columns);
    checkOptions('tensor', options, { missing: missingNumber, dtype: oneOf('float32', 'float64') });
    const { missing, dtype = 'float32' as D } = options;
    const values = allocate(dtype, [this.size, columns.length], 'tensor');
    columns.forEach((column, i) =>
      this.numbers(column, missing === undefined ? {} : { missing }).forEach((value, row) => {
        values[row * columns.length + i] = value;
      }),
    );
    return new Tensor([this.size, columns.length], dtype, values);
  }

  /**
   * A column of names as class numbers.
   *
   * @param names - the classes in their order; by default as they first appear
   * @throws FormatError with the row if a value is missing or not among the names, or the column does not exist
   * @example
   * new ColumnTable({ y: ['dog', 'cat', 'dog'] }).classes('y').labels.toArray(); // => [0,1,0]
   */
  classes(column: string, names?: readonly string[]): Classes {
    optional(strings)('classes', 'names', names);
    const values = Array.from(this.#valuesOf(column), (value) => (isMissing(value) ? undefined : String(value)));
    return classesOf(values, names, (row, expectation, got) => fail(column, row, expectation, got));
  }

  /**
   * A table of some columns, in the order given.
   *
   * @throws FormatError if a column does not exist
   * @example
   * new ColumnTable({ a: [1], b: [2], c: [3] }).select(['c', 'a']).columns; // => ['c','a']
   */
  select(columns: readonly string[]): ColumnTable {
    strings('select', 'columns', columns);
    return new ColumnTable(Object.fromEntries(columns.map((column) => [column, this.#valuesOf(column)])));
  }

  /**
   * A table of some rows, in the order given; they may repeat.
   *
   * @param rows - indices from 0
   * @throws ValueError for an index out of range
   * @example
   * new ColumnTable({ a: [1, 2, 3] }).take([2, 0]).numbers('a'); // => [3,1]
   */
  take(rows: ArrayLike<number>): ColumnTable {
    checkRows('take', rows, this.size);
    const taken = [...this.#columns].map(([name, values]) => [name, Array.from(rows, (row) => values[row])] as const);
    return new ColumnTable(Object.fromEntries(taken));
  }

  #valuesOf(column: string): ColumnValues {
    aString('ColumnTable', 'column', column);
    const values = this.#columns.get(column);
    if (!values)
      throw new FormatError(`ColumnTable: expected a column ${showValue(column)}, got ${showValue(this.columns)}`);
    return values;
  }
}

const isMissing = (value: unknown): boolean => value === null || value === undefined || Number.isNaN(value);

function fail(column: string, row: number, expectation: string, got: string, hint = ''): never {
  throw new FormatError(
    `ColumnTable: expected ${expectation}, got ${got} in row ${row}, column ${showValue(column)}${hint}`,
  );
}
