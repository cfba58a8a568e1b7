import type { FloatDType, Tensor } from '@chainrule/tensor';

/** Options of the tables' `tensor` and `numbers`. */
export interface NumericOptions<D extends FloatDType = 'float32'> {
  /** The replacement for missing values and NaN. By default a missing value throws, and NaN stays. */
  readonly missing?: number;
  /** By default float32. */
  readonly dtype?: D;
}

/** Rows of named columns, such as a {@link CsvTable}. */
export interface Table {
  readonly columns: readonly string[];
  /** How many rows there are. */
  readonly size: number;
  /** The values of a column as text; a missing value is `missing`. */
  text(column: string, options?: { readonly missing?: string }): string[];
  /** Columns of numbers side by side, `[rows, columns]`; a missing value is `missing`. */
  tensor<D extends FloatDType = 'float32'>(
    columns?: readonly string[],
    options?: { readonly missing?: number; readonly dtype?: D },
  ): Tensor<[number, number], D>;
}

/** A table that can be split by rows, such as a {@link CsvTable} or a {@link ColumnTable}. */
export interface RowTable extends Table {
  /** A table of these rows, in this order. */
  take(rows: ArrayLike<number>): Table;
}

/** Whether a value is a {@link RowTable}. */
export function isRowTable(value: unknown): value is RowTable {
  const { columns, size, take } = (value ?? {}) as Partial<RowTable>;
  return Array.isArray(columns) && typeof size === 'number' && typeof take === 'function';
}
