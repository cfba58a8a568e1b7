import { countRows } from '../dataset/rows.ts';
import { checkRows } from './checkRows.ts';
import { partOf, type SomeRows, type TensorsAndTables } from './parts.ts';

/**
 * Copies rows of tensors and tables, such as those of a fold.
 *
 * @param data - tensors that share their first axis, and tables with as many rows, in nested arrays and plain objects
 * @param rows - indices of rows, in any order; they may repeat
 * @returns the same structure, with these rows
 * @throws ShapeError if the tensors and tables differ in their number of rows; ValueError for an index out of range
 * @example
 * takeRows({ x: tensor([[1, 2], [3, 4], [5, 6]]), y: tensor([0, 1, 0]) }, [2, 0]).x.toArray(); // => [[5,6],[1,2]]
 * takeRows(readCsv('a\n1\n2\n3'), [2, 0]).numbers('a'); // => [3,1]
 */
export function takeRows<const T extends TensorsAndTables>(data: T, rows: ArrayLike<number>): SomeRows<T> {
  checkRows('takeRows', rows, countRows('takeRows', data, true));
  return partOf(data, rows);
}
