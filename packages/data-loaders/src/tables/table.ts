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
