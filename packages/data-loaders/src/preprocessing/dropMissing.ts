import type { Tensor } from '@chainrule/tensor';
import { sizeOf, type Tree, treeLeaves, treeMap } from '@chainrule/tensor/graph';
import { copyRows, countRows } from '../dataset/rows.ts';
import type { Batch, Row } from '../dataset/types.ts';

/**
 * Drops the rows in which any tensor has a missing value, NaN.
 *
 * @param tensors - tensors that share their first axis, in nested arrays and plain objects
 * @returns the same structure with fewer rows
 * @throws ShapeError if the tensors differ in their number of rows
 * @example
 * dropMissing({ x: tensor([[1, NaN], [3, 4]]), y: tensor([0, 1]) }).y.toArray(); // => [1]
 */
export function dropMissing<const T extends Tree>(tensors: T): Batch<Row<T>> {
  const count = countRows('dropMissing', tensors);
  const misses = new Uint8Array(count);
  for (const { leaf } of treeLeaves(tensors)) {
    const { shape, '~values': values } = leaf as Tensor;
    const width = sizeOf(shape.slice(1));
    for (let i = 0; i < values.length; i++) if (Number.isNaN(values[i]!)) misses[Math.floor(i / width)] = 1;
  }
  const whole = Array.from(misses.keys()).filter((row) => !misses[row]);
  return treeMap(tensors, (leaf) => copyRows(leaf as Tensor, whole)) as Batch<Row<T>>;
}
