/** Aligns rows of cells in columns. Columns whose cells begin with a digit are right-aligned, with their headings. */
export function textTable(rows: readonly (readonly string[])[]): string {
  const columns = rows[0]!.map((_, i) => rows.map((row) => row[i]!));
  const widths = columns.map((cells) => Math.max(...cells.map((cell) => cell.length)));
  const isNumeric = columns.map(([, ...cells]) => cells.every((cell) => /^[\d–-]/.test(cell)));
  return rows
    .map((row) =>
      row
        .map((cell, i) => (isNumeric[i] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
        .join('   ')
        .trimEnd(),
    )
    .join('\n');
}
