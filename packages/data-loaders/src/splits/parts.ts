import type { Tensor } from '@chainrule/tensor';
import { type Tree, treeMap } from '@chainrule/tensor/graph';
import { copyRows } from '../dataset/rows.ts';
import type { Batch, Row } from '../dataset/types.ts';
import { isRowTable, type RowTable } from '../tables/table.ts';

/** What can be split by rows: tensors and tables, in nested arrays and plain objects. */
export type TensorsAndTables = Tree<Tensor | RowTable>;

/** The type of some rows: tensors of any number of rows, and tables of the same kind. */
export type SomeRows<T> = TensorsAndTables extends T
  ? TensorsAndTables
  : Tree extends T
    ? Tree
    : T extends RowTable
      ? T
      : T extends Tensor
        ? Batch<Row<T>>
        : { readonly [K in keyof T]: SomeRows<T[K]> };

/** Copies rows of tensors and tables. */
export function partOf<T>(data: T, rows: ArrayLike<number>): SomeRows<T> {
  return treeMap(data, (leaf) => (isRowTable(leaf) ? leaf.take(rows) : copyRows(leaf as Tensor, rows))) as SomeRows<T>;
}
