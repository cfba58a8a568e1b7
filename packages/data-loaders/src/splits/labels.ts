import { ShapeError, showShape } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';
import { isTensor, type Tensor } from '@chainrule/tensor';

/** Labels or groups, one for each row: a tensor `[rows]`, or a list of numbers or names. */
export type Labels = Tensor | ArrayLike<number> | readonly string[];

/** The values of labels. */
export function labelsOf(op: string, name: string, given: Labels): readonly (number | string)[] {
  if (isTensor(given)) {
    if (given.rank !== 1)
      throw new ShapeError(`${op}: \`${name}\` must have shape [rows], got ${showShape(given.shape)}`);
    return [...given.data];
  }
  const isList = Array.isArray(given) || (ArrayBuffer.isView(given) && 'length' in given);
  if (!isList) refuse(op, name, 'a tensor or a list of numbers or strings', given);
  const values = Array.from(given as ArrayLike<number | string>);
  const wrong = values.findIndex(
    (value) => (typeof value !== 'number' || Number.isNaN(value)) && typeof value !== 'string',
  );
  if (wrong >= 0) refuse(op, `${name}[${wrong}]`, 'a number or a string', values[wrong]);
  return values;
}

/** The positions of each value, in order of first appearance. */
export function placesOf<T>(values: readonly T[]): Map<T, number[]> {
  const places = new Map<T, number[]>();
  values.forEach((value, i) => {
    const found = places.get(value);
    if (found) found.push(i);
    else places.set(value, [i]);
  });
  return places;
}
