import { aString } from '@chainrule/errors/check';
import type { Series } from '../figure.ts';
import { type Numbers, numbersOf } from './values.ts';

/**
 * A curve of values at 1, 2, …
 *
 * @example
 * counted('loss', [3, 2]).points; // => [[1,3],[2,2]]
 */
export function counted(name: string, values: Numbers): Series {
  aString('counted', 'name', name);
  return { name, points: numbersOf('counted', 'values', values).map((value, i) => [i + 1, value] as const) };
}
