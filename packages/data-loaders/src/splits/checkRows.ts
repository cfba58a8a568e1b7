import { ValueError } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';

/**
 * Checks indices of rows; errors name `op`.
 *
 * @throws OptionError for no list; ValueError for an index outside of [0, `count`)
 */
export function checkRows(op: string, rows: ArrayLike<number>, count: number): void {
  if (!Array.isArray(rows) && !(rows instanceof Int32Array)) refuse(op, 'rows', 'a list of integers', rows);
  for (let i = 0; i < rows.length; i++) {
    const row: unknown = rows[i];
    if (!(Number.isInteger(row) && (row as number) >= 0 && (row as number) < count))
      throw new ValueError(`${op}: \`rows\` must be integers in [0, ${count}), got ${String(row)} at ${i}`);
  }
}
