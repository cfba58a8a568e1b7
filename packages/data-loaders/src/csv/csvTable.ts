import { FormatError, showValue, ValueError } from '@chainrule/errors';
import { allocate, type FloatDType, Tensor } from '@chainrule/tensor';
import { decimal } from './decimal.ts';

/** What a table is made of. */
interface Content {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The number of each row in its file, from 1. */
  readonly numbers: readonly number[];
  readonly na: ReadonlySet<string>;
}

/** Options of {@link CsvTable.tensor} and {@link CsvTable.numbers}. */
export interface NumericOptions<D extends FloatDType = 'float32'> {
  /** The number to put where there is none; by default such a place is an error. */
  readonly missing?: number;
  /** By default float32. */
  readonly dtype?: D;
}

/** A column of names as numbers. */
export interface Classes {
  /** `[rows]`, from 0. */
  readonly labels: Tensor<[number], 'int32'>;
  /** What each number stands for, in the order of first appearance or as given. */
  readonly names: readonly string[];
}

/**
 * Rows of named text values, from {@link readCsv}.
 *
 * @example
 * const table = readCsv('a,b\n1,x\n2,?', { na: ['?'] });
 * [table.columns, table.size]; // => [['a','b'],2]
 */
export class CsvTable {
  readonly #content: Content;

  constructor(content: Content) {
    this.#content = content;
  }

  /** The names of the columns. */
  get columns(): readonly string[] {
    return this.#content.columns;
  }

  /** How many rows there are. */
  get size(): number {
    return this.#content.rows.length;
  }

  /**
   * The values of a column as text.
   *
   * @throws FormatError when there is no such column
   * @example
   * readCsv('a,b\n1,x\n2,y').text('b'); // => ['x','y']
   */
  text(column: string): string[] {
    const at = this.#indexOf(column);
    return this.#content.rows.map((row) => row[at]!);
  }

  /**
   * The values of a column as numbers.
   *
   * @throws FormatError with row and column when a value is missing or no decimal number, or there is no such column
   * @example
   * readCsv('a,b\n1,x\n2.5,y').numbers('a'); // => [1,2.5]
   */
  numbers(column: string, options: Pick<NumericOptions, 'missing'> = {}): number[] {
    const at = this.#indexOf(column);
    return this.#content.rows.map((_, row) => this.#number(row, at, options.missing));
  }

  /**
   * Columns of numbers side by side.
   *
   * @param columns - by default all
   * @returns `[rows, columns]`
   * @throws FormatError with row and column when a value is missing or no decimal number, or there is no such column
   * @example
   * readCsv('a,b,c\n1,2,x\n3,4,y').tensor(['b', 'a']).toArray(); // => [[2,1],[4,3]]
   */
  tensor<D extends FloatDType = 'float32'>(columns: readonly string[] = this.columns, options: NumericOptions<D> = {}): Tensor<[number, number], D> {
    const { missing, dtype = 'float32' as D } = options;
    const places = columns.map((column) => this.#indexOf(column));
    const values = allocate(dtype, this.size * places.length);
    for (let row = 0; row < this.size; row++) {
      for (const [i, at] of places.entries()) values[row * places.length + i] = this.#number(row, at, missing);
    }
    return new Tensor([this.size, places.length], dtype, values);
  }

  /**
   * A column of names as class numbers.
   *
   * @param names - the classes in their order; by default as they first appear
   * @throws FormatError with the row when a value is missing or not among the names, or there is no such column
   * @example
   * readCsv('y\ndog\ncat\ndog').classes('y').labels.toArray(); // => [0,1,0]
   */
  classes(column: string, names?: readonly string[]): Classes {
    const at = this.#indexOf(column);
    const numbers = new Map((names ?? []).map((name, i) => [name, i]));
    const labels = Int32Array.from(this.#content.rows, (values, row) => {
      const value = values[at]!;
      if (this.#content.na.has(value)) return this.#fail('a class', 'none', row, at);
      if (!names && !numbers.has(value)) numbers.set(value, numbers.size);
      return numbers.get(value) ?? this.#fail(`one of ${showValue(names)}`, showValue(value), row, at);
    });
    return { labels: new Tensor([this.size], 'int32', labels), names: [...numbers.keys()] };
  }

  /**
   * A table of some columns, in the order given.
   *
   * @throws FormatError when there is no such column
   * @example
   * readCsv('a,b,c\n1,2,3').select(['c', 'a']).columns; // => ['c','a']
   */
  select(columns: readonly string[]): CsvTable {
    const places = columns.map((column) => this.#indexOf(column));
    return new CsvTable({ ...this.#content, columns, rows: this.#content.rows.map((row) => places.map((at) => row[at]!)) });
  }

  /**
   * A table without some columns.
   *
   * @throws FormatError when there is no such column
   * @example
   * readCsv('id,a,b\n7,1,2').drop(['id']).columns; // => ['a','b']
   */
  drop(columns: readonly string[]): CsvTable {
    for (const column of columns) this.#indexOf(column);
    return this.select(this.columns.filter((column) => !columns.includes(column)));
  }

  /**
   * A table of the rows that miss no value.
   *
   * @example
   * readCsv('a,b\n1,?\n2,3', { na: ['?'] }).dropMissing().text('a'); // => ['2']
   */
  dropMissing(): CsvTable {
    const { rows, numbers, na } = this.#content;
    const whole = rows.map((row) => !row.some((value) => na.has(value)));
    return new CsvTable({ ...this.#content, rows: rows.filter((_, i) => whole[i]), numbers: numbers.filter((_, i) => whole[i]) });
  }

  #indexOf(column: string): number {
    if (typeof column !== 'string') throw new ValueError(`CsvTable: \`column\` must be a name, got ${showValue(column)}`);
    const at = this.columns.indexOf(column);
    if (at < 0) throw new FormatError(`readCsv: ${this.#content.name}: expected a column ${showValue(column)}, got ${showValue(this.columns)}`);
    return at;
  }

  #number(row: number, at: number, missing: number | undefined): number {
    const value = this.#content.rows[row]![at]!;
    if (this.#content.na.has(value)) return missing ?? this.#fail('a number', 'none', row, at, '; give `missing`, or use `dropMissing`');
    return decimal(value) ?? this.#fail('a number', showValue(value), row, at, '; list it in `na` if it means that there is none');
  }

  #fail(expectation: string, got: string, row: number, at: number, hint = ''): never {
    const { name, numbers, columns } = this.#content;
    throw new FormatError(`readCsv: ${name}: expected ${expectation}, got ${got} in row ${numbers[row]}, column ${showValue(columns[at])}${hint}`);
  }
}
