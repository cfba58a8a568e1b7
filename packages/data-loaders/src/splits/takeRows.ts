import { ValueError } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { type Tree, treeMap } from '@chainrule/tensor/graph';
import { copyRows, countRows } from '../dataset/rows.ts';
import type { Batch, Row } from '../dataset/types.ts';

/**
 * Copies rows of tensors, such as those of a fold.
 *
 * @param tensors - tensors that share their first axis, in nested arrays and plain objects
 * @param rows - indices of rows, in any order; they may repeat
 * @returns the same structure, with these rows
 * @throws ShapeError if the tensors differ in their number of rows; ValueError for an index out of range
 * @example
 * takeRows({ x: tensor([[1, 2], [3, 4], [5, 6]]), y: tensor([0, 1, 0]) }, [2, 0]).x.toArray(); // => [[5,6],[1,2]]
 */
export function takeRows<const T extends Tree>(tensors: T, rows: ArrayLike<number>): Batch<Row<T>> {
  const count = countRows('takeRows', tensors);
  if (!Array.isArray(rows) && !(rows instanceof Int32Array)) refuse('takeRows', 'rows', 'a list of integers', rows);
  for (let i = 0; i < rows.length; i++) {
    const row: unknown = rows[i];
    if (!(Number.isInteger(row) && (row as number) >= 0 && (row as number) < count))
      throw new ValueError(`takeRows: \`rows\` must be integers in [0, ${count}), got ${String(row)} at ${i}`);
  }
  return treeMap(tensors, (leaf) => copyRows(leaf as Tensor, rows)) as Batch<Row<T>>;
}
