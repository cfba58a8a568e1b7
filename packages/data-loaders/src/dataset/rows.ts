import { ShapeError, showShape, showValue, ValueError } from '@chainrule/errors';
import { isTensor, Tensor } from '@chainrule/tensor';
import { allocate, sizeOf, treeLeaves, treeMap } from '@chainrule/tensor/graph';
import { kindsOfRows } from './kinds.ts';
import { indexed, type Source } from './source.ts';

/** The rows of tensors with the same number of rows. Copies values when it makes an item. */
export function rowsOf<Item>(tensors: unknown): Source<Item> {
  const take = (rows: ArrayLike<number>, isOne: boolean): unknown =>
    treeMap(tensors, (leaf) => copyRows(leaf as Tensor, rows, isOne));
  const view = {
    at: (place: number) => take([place], true) as Item,
    gather: (places: Int32Array) => take(places, false),
  };
  return indexed(countRows('Dataset.fromTensors', tensors), false, () => view, kindsOfRows(tensors));
}

/**
 * The common number of rows of the tensors in a tree; errors name `op`.
 *
 * @throws ShapeError if a tensor has no first axis, or another number of rows
 * @throws ValueError if the tree contains no tensors, or something else
 */
export function countRows(op: string, tensors: unknown): number {
  const leaves = treeLeaves(tensors);
  for (const { path, leaf } of leaves) {
    if (!isTensor(leaf))
      throw new ValueError(`${op}: \`${path || 'tensors'}\` must be a tensor, got ${showValue(leaf)}`);
    if (leaf.rank === 0) throw new ShapeError(`${op}: \`${path || 'tensors'}\` must have rows, got shape []`);
  }
  const first = leaves[0];
  if (!first) throw new ValueError(`${op}: \`tensors\` must hold a tensor, got none`);
  const rows = (first.leaf as Tensor).shape[0];
  for (const { path, leaf } of leaves) {
    const { shape } = leaf as Tensor;
    if (shape[0] !== rows)
      throw new ShapeError(
        `${op}: \`${path}\` must have ${rows} rows as \`${first.path}\` has, got shape ${showShape(shape)}`,
      );
  }
  return rows;
}

/** Copies a run of rows, or one row without its axis. */
export function copyRows(from: Tensor, rows: ArrayLike<number>, isOne = false): Tensor {
  const row = from.shape.slice(1);
  const length = sizeOf(row);
  const values = from['~values'];
  const copy = allocate(from.dtype, rows.length * length);
  for (let i = 0; i < rows.length; i++)
    copy.set(values.subarray(rows[i]! * length, (rows[i]! + 1) * length), i * length);
  return new Tensor(isOne ? row : [rows.length, ...row], from.dtype, copy);
}
