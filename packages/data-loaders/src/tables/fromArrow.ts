import { refuse } from '@chainrule/errors/check';
import { ColumnTable } from './columnTable.ts';

/** The part of a `Table` of the package apache-arrow that {@link fromArrow} reads. */
export interface ArrowTable {
  readonly schema: { readonly fields: readonly { readonly name: string }[] };
  readonly numRows: number;
  getChild(name: string): Iterable<unknown> | null;
}

/**
 * The columns of an Arrow table. Read the table with the package apache-arrow, which only programs that use it need.
 *
 * @param table - such as `tableFromIPC(bytes)` of apache-arrow: a stream, or a file such as Feather's
 * @throws OptionError for anything else
 * @example
 * // In a program: const arrow = tableFromIPC(bytes);
 * const arrow = { schema: { fields: [{ name: 'age' }] }, numRows: 2, getChild: () => [20, 40] };
 * fromArrow(arrow).tensor(['age']).toArray(); // => [[20],[40]]
 */
export function fromArrow(table: ArrowTable): ColumnTable {
  const { schema, getChild } = (table ?? {}) as Partial<ArrowTable>;
  if (!Array.isArray(schema?.fields) || typeof getChild !== 'function')
    refuse('fromArrow', 'table', 'a table of apache-arrow', table, 'call its `tableFromIPC` on the bytes');
  return new ColumnTable(
    Object.fromEntries(table.schema.fields.map(({ name }) => [name, [...(table.getChild(name) ?? [])]])),
  );
}
