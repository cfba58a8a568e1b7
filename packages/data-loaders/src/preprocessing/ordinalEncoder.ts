import { FormatError, showValue, ValueError } from '@chainrule/errors';
import { anything, checkOptions } from '@chainrule/errors/check';
import { Tensor } from '@chainrule/tensor';
import { type Category, checkCategories, type Column, columnOf, placesIn, sortedCategories } from './categories.ts';
import type { Preprocessor } from './preprocessor.ts';

/** Options of {@link ordinalEncoder}. */
export interface OrdinalEncoderOptions {
  /** The categories in order. By default those of the values, sorted. */
  readonly categories?: readonly Category[];
  /** Whether an unknown category throws (default), or the integer that it gets, such as −1. */
  readonly unknown?: 'error' | number;
}

/** The categories of an {@link OrdinalEncoder}, as a JSON value to save with a model. */
export interface OrdinalEncoderState {
  readonly type?: 'OrdinalEncoder';
  readonly categories: readonly Category[];
  readonly unknown: 'error' | number;
}

/**
 * Encodes categories as integers in their order. {@link ordinalEncoder} fits it.
 *
 * @example
 * new OrdinalEncoder({ categories: ['low', 'high'], unknown: -1 }).transform(['high', 'none']).toArray(); // => [1,-1]
 */
export class OrdinalEncoder implements Preprocessor<Column, Tensor> {
  readonly categories: readonly Category[];
  readonly unknown: 'error' | number;

  /**
   * @param state - the result of {@link toJSON}
   * @throws FormatError if a category is repeated, or `unknown` is the number of a category
   */
  constructor(state: OrdinalEncoderState) {
    const { categories, unknown } = state ?? {};
    checkCategories('OrdinalEncoder', categories);
    const isOther = Number.isInteger(unknown) && !((unknown as number) >= 0 && (unknown as number) < categories.length);
    if (unknown !== 'error' && !isOther)
      throw new FormatError(
        `OrdinalEncoder: expected \`unknown\` "error" or an integer outside [0, ${categories.length}), got ${showValue(unknown)}`,
      );
    this.categories = [...categories];
    this.unknown = unknown;
  }

  /**
   * Encodes values as integers.
   *
   * @param values - the values of one column
   * @returns `[values]`, int32
   * @throws ValueError for an unknown category, unless `unknown` is a number
   * @example
   * ordinalEncoder(['b', 'a']).transform(['b', 'a', 'a']).toArray(); // => [1,0,0]
   */
  transform(values: Column): Tensor<[number], 'int32'> {
    const places = placesIn('transform', columnOf('transform', values), this.categories, this.unknown);
    return new Tensor([places.length], 'int32', places);
  }

  /**
   * Decodes integers to categories.
   *
   * @param numbers - a tensor or a list
   * @throws ValueError for an integer without a category
   * @example
   * ordinalEncoder(['b', 'a']).inverse([1, 0]); // => ['b','a']
   */
  inverse(numbers: Tensor | ArrayLike<number>): Category[] {
    return columnOf('inverse', numbers).map((place, i) => {
      const category = typeof place === 'number' ? this.categories[place] : undefined;
      if (category === undefined)
        throw new ValueError(
          `inverse: \`numbers\` must be integers in [0, ${this.categories.length}), got ${showValue(place)} at ${i}`,
        );
      return category;
    });
  }

  /** The categories, for the constructor. */
  toJSON(): Required<OrdinalEncoderState> {
    return { type: 'OrdinalEncoder', categories: this.categories, unknown: this.unknown };
  }
}

/**
 * Fits an ordinal encoder to a column.
 *
 * @param values - the values of one column: a tensor, or a list of numbers or of strings
 * @param options - `categories` (sorted), `unknown` ('error')
 * @throws ValueError without values; FormatError for repeated categories, or an `unknown` that is the number of a category
 * @example
 * ordinalEncoder(['M', 'S', 'L'], { categories: ['S', 'M', 'L'] }).transform(['L', 'S']).toArray(); // => [2,0]
 */
export function ordinalEncoder(values: Column, options: OrdinalEncoderOptions = {}): OrdinalEncoder {
  const name = 'ordinalEncoder';
  const column = columnOf(name, values);
  checkOptions(name, options, { categories: anything, unknown: anything });
  const { categories = sortedCategories(column), unknown = 'error' } = options;
  if (options.categories) checkCategories(name, categories);
  else if (!column.length) throw new ValueError(`${name}: \`values\` must hold a category, got none`);
  const encoder = new OrdinalEncoder({ categories, unknown });
  placesIn(name, column, categories, unknown);
  return encoder;
}
