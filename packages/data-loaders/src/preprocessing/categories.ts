import { FormatError, showValue, ValueError } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';
import { isTensor, type Tensor } from '@chainrule/tensor';

/** A category: a number or a name. */
export type Category = number | string;

/** The values of one column: a tensor, or a list of numbers or of strings. */
export type Column = Tensor | ArrayLike<number> | readonly string[];

/** The values of a column, all numbers or all strings. */
export function columnOf(op: string, given: Column): readonly Category[] {
  const isList = Array.isArray(given) || (ArrayBuffer.isView(given) && 'length' in given);
  if (!isTensor(given) && !isList) refuse(op, 'values', 'a tensor or a list of numbers or strings', given);
  const values = Array.from(isTensor(given) ? given.data : (given as ArrayLike<Category>));
  const kind = typeof values[0];
  const wrong = values.findIndex(
    (value) => typeof value !== kind || (kind !== 'number' && kind !== 'string') || Number.isNaN(value),
  );
  if (wrong >= 0) refuse(op, `values[${wrong}]`, kind === 'string' ? 'a string' : 'a number', values[wrong]);
  return values;
}

/** The distinct values in ascending order; strings are compared by code units. */
export function sortedCategories(values: readonly Category[]): Category[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

/** Checks given categories: distinct, all numbers or all strings, and at least one. */
export function checkCategories(owner: string, given: unknown): asserts given is readonly Category[] {
  const fits =
    Array.isArray(given) &&
    given.length > 0 &&
    new Set(given).size === given.length &&
    given.every(
      (value) => (typeof value === 'number' || typeof value === 'string') && typeof value === typeof given[0],
    );
  if (!fits)
    throw new FormatError(
      `${owner}: expected \`categories\` that differ, all numbers or all strings, got ${showValue(given)}`,
    );
}

/** The index of each value among the categories; other values get `unknown`. */
export function placesIn(
  op: string,
  values: readonly Category[],
  categories: readonly Category[],
  unknown: number | 'error',
): Int32Array {
  const places = new Map(categories.map((category, i) => [category, i]));
  return Int32Array.from(values, (value, i) => {
    const place = places.get(value);
    if (place !== undefined) return place;
    if (unknown !== 'error') return unknown;
    throw new ValueError(
      `${op}: \`values\` must be among the categories ${showValue(categories)}, got ${showValue(value)} at ${i}; say by \`unknown\` what to do with others`,
    );
  });
}
