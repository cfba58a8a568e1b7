import { ShapeError, showShape, showValue, ValueError } from '@chainrule/errors';
import { isTensor, Tensor } from '@chainrule/tensor';
import { allocate, sizeOf, treeLeaves, treeMap } from '@chainrule/tensor/graph';
import { isRowTable } from '../tables/table.ts';
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
 * The common number of rows of the tensors in a tree, and with `allowTables` of the tables; errors name `op`.
 *
 * @throws ShapeError if a tensor has no first axis, or another number of rows
 * @throws ValueError if the tree contains no tensors, or something else
 */
export function countRows(op: string, tensors: unknown, allowTables = false): number {
  const [name, kind] = allowTables ? ['data', 'a tensor or a table'] : ['tensors', 'a tensor'];
  const leaves = treeLeaves(tensors).map(({ path, leaf }) => {
    if (allowTables && isRowTable(leaf)) return { path, shape: [leaf.size, leaf.columns.length] };
    if (!isTensor(leaf)) throw new ValueError(`${op}: \`${path || name}\` must be ${kind}, got ${showValue(leaf)}`);
    if (leaf.rank === 0) throw new ShapeError(`${op}: \`${path || name}\` must have rows, got shape []`);
    return { path, shape: leaf.shape };
  });
  const first = leaves[0];
  if (!first) throw new ValueError(`${op}: \`${name}\` must hold ${kind}, got none`);
  const rows = first.shape[0];
  for (const { path, shape } of leaves)
    if (shape[0] !== rows)
      throw new ShapeError(
        `${op}: \`${path}\` must have ${rows} rows as \`${first.path}\` has, got shape ${showShape(shape)}`,
      );
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
