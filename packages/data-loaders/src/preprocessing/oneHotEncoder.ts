import { FormatError, ShapeError, showShape, showValue, ValueError } from '@chainrule/errors';
import { anything, checkOptions, oneOf, refuse } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { aTensor } from '@chainrule/tensor/graph';
import { type Category, checkCategories, type Column, columnOf, placesIn, sortedCategories } from './categories.ts';
import type { Preprocessor } from './preprocessor.ts';

/** Options of {@link oneHotEncoder}. */
export interface OneHotEncoderOptions {
  /** The categories in the order of the columns. By default those of the values, sorted. */
  readonly categories?: readonly Category[];
  /** Whether an unknown category throws (default) or gives a row of zeros. */
  readonly unknown?: 'error' | 'ignore';
  /** Drops the column of the first category, always or only for two categories, so that the columns are independent. */
  readonly drop?: 'first' | 'ifBinary';
}

/** The categories of a {@link OneHotEncoder}, as a JSON value to save with a model. */
export interface OneHotEncoderState {
  readonly type?: 'OneHotEncoder';
  readonly categories: readonly Category[];
  readonly unknown: 'error' | 'ignore';
  readonly drop: 'first' | 'ifBinary' | null;
}

/**
 * Encodes each category as a column of 0 and 1. {@link oneHotEncoder} fits it.
 *
 * @example
 * const encoder = new OneHotEncoder({ categories: ['no', 'yes'], unknown: 'error', drop: null });
 * encoder.transform(['yes', 'no']).toArray(); // => [[0,1],[1,0]]
 */
export class OneHotEncoder implements Preprocessor<Column, Tensor> {
  readonly categories: readonly Category[];
  readonly unknown: 'error' | 'ignore';
  readonly drop: 'first' | 'ifBinary' | null;
  /** The number of categories without a column: 0 or 1. */
  readonly #dropped: number;

  /**
   * @param state - the result of {@link toJSON}
   * @throws FormatError if a category is repeated, or another option is unknown
   */
  constructor(state: OneHotEncoderState) {
    const { categories, unknown, drop } = state ?? {};
    checkCategories('OneHotEncoder', categories);
    if (!['error', 'ignore'].includes(unknown) || !['first', 'ifBinary', null].includes(drop))
      throw new FormatError(
        `OneHotEncoder: expected \`unknown\` "error" or "ignore" and \`drop\` "first", "ifBinary" or null, got ${showValue(unknown)} and ${showValue(drop)}`,
      );
    this.categories = [...categories];
    this.unknown = unknown;
    this.drop = drop;
    this.#dropped = Number(drop === 'first' || (drop === 'ifBinary' && categories.length === 2));
  }

  /**
   * Encodes values as rows of 0 and 1.
   *
   * @param values - the values of one column
   * @returns `[values, columns]`, float32
   * @throws ValueError for an unknown category, unless `unknown` is 'ignore'
   * @example
   * oneHotEncoder(['b', 'a'], { unknown: 'ignore' }).transform(['a', 'c']).toArray(); // => [[1,0],[0,0]]
   */
  transform(values: Column): Tensor<[number, number], 'float32'> {
    const column = columnOf('transform', values);
    const places = placesIn('transform', column, this.categories, this.unknown === 'ignore' ? -1 : 'error');
    const width = this.categories.length - this.#dropped;
    const hot = new Float32Array(places.length * width);
    places.forEach((place, row) => {
      if (place >= this.#dropped) hot[row * width + place - this.#dropped] = 1;
    });
    return new Tensor([places.length, width], 'float32', hot);
  }

  /**
   * Decodes rows to categories: the column with the greatest value, or the dropped category for a row of zeros.
   *
   * @param rows - `[rows, columns]`
   * @throws ShapeError for a wrong number of columns; ValueError for a row of zeros if no category was dropped
   * @example
   * oneHotEncoder(['b', 'a']).inverse(tensor([[0, 1], [1, 0]])); // => ['b','a']
   */
  inverse(rows: Tensor): Category[] {
    aTensor('inverse', 'rows', rows);
    const width = this.categories.length - this.#dropped;
    if (rows.rank !== 2 || rows.shape[1] !== width)
      throw new ShapeError(`inverse: \`rows\` must have shape [rows, ${width}], got ${showShape(rows.shape)}`);
    return Array.from({ length: rows.shape[0] }, (_, row) => {
      const values = rows['~values'].slice(row * width, (row + 1) * width);
      const most = Array.from(values).reduce((a, b) => Math.max(a, b));
      if (most > 0) return this.categories[values.indexOf(most) + this.#dropped]!;
      if (this.#dropped) return this.categories[0]!;
      throw new ValueError(`inverse: \`rows\` must hold a positive number in every row, got none in row ${row}`);
    });
  }

  /** The name of each column: `name=category`. */
  featureNames(names: readonly string[]): readonly string[] {
    if (!Array.isArray(names) || names.length !== 1) refuse('featureNames', 'names', 'a list of one name', names);
    return this.categories.slice(this.#dropped).map((category) => `${names[0] as string}=${category}`);
  }

  /** The categories, for the constructor. */
  toJSON(): Required<OneHotEncoderState> {
    return { type: 'OneHotEncoder', categories: this.categories, unknown: this.unknown, drop: this.drop };
  }
}

/**
 * Fits a one-hot encoder to a column.
 *
 * @param values - the values of one column: a tensor, or a list of numbers or of strings
 * @param options - `categories` (sorted), `unknown` ('error'), `drop`
 * @throws ValueError without values; FormatError for repeated categories
 * @example
 * const encoder = oneHotEncoder(['red', 'blue', 'red']);
 * encoder.categories; // => ['blue','red']
 * encoder.transform(['red']).toArray(); // => [[0,1]]
 */
export function oneHotEncoder(values: Column, options: OneHotEncoderOptions = {}): OneHotEncoder {
  const name = 'oneHotEncoder';
  const column = columnOf(name, values);
  checkOptions(name, options, {
    categories: anything,
    unknown: oneOf('error', 'ignore'),
    drop: oneOf('first', 'ifBinary'),
  });
  const { categories = sortedCategories(column), unknown = 'error', drop = null } = options;
  if (options.categories) checkCategories(name, categories);
  else if (!column.length) throw new ValueError(`${name}: \`values\` must hold a category, got none`);
  const encoder = new OneHotEncoder({ categories, unknown, drop });
  placesIn(name, column, categories, unknown === 'ignore' ? -1 : 'error');
  return encoder;
}
