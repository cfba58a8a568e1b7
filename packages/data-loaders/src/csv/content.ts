import type { Cells } from './cells.ts';

/** The content of a `CsvTable`. */
export interface Content {
  readonly name: string;
  readonly columns: readonly string[];
  /** The index in a row of the cell for each column. */
  readonly places: readonly number[];
  readonly cells: Cells;
  /** The index of the first cell of each row. */
  readonly rows: Rows;
  readonly na: ReadonlySet<string>;
  /** The row number of a cell in its file, from 1. */
  readonly numberOf: (cell: number) => number;
}

/** The index of the first cell of each row; a table may have some rows of a file only. */
interface Rows {
  readonly count: number;
  readonly at: (row: number) => number;
}
