/** The number of columns in a line: that of the terminal, or unlimited in files. */
export function terminalColumns(): number {
  return process.stdout.isTTY ? process.stdout.columns : Infinity;
}

/**
 * Aligns rows of cells in columns. Columns whose cells begin with a digit are right-aligned, with their headings. Where a line
 * would be longer than `most`, gaps become narrow, and then the longest texts are cut.
 */
export function textTable(rows: readonly (readonly string[])[], most: number = terminalColumns()): string {
  const columns = rows[0]!.map((_, i) => rows.map((row) => row[i]!));
  const natural = columns.map((cells) => Math.max(...cells.map((cell) => cell.length)));
  const gap = lineLength(natural, 3) <= most ? 3 : 2;
  const widths = fitted(natural, gap, most);
  const isNumeric = columns.map(([, ...cells]) => cells.every((cell) => /^[\d–-]/.test(cell)));
  const show = (cell: string, i: number): string => {
    const text = cell.length > widths[i]! ? `${cell.slice(0, widths[i]! - 1)}…` : cell;
    return isNumeric[i] ? text.padStart(widths[i]!) : text.padEnd(widths[i]!);
  };
  return rows.map((row) => row.map(show).join(' '.repeat(gap)).trimEnd()).join('\n');
}

function lineLength(widths: readonly number[], gap: number): number {
  return widths.reduce((sum, width) => sum + width, 0) + gap * (widths.length - 1);
}

/** Narrows the widest columns until a line fits, but none below 4. */
function fitted(natural: readonly number[], gap: number, most: number): number[] {
  const widths = [...natural];
  while (lineLength(widths, gap) > most && Math.max(...widths) > 4) widths[widths.indexOf(Math.max(...widths))]! -= 1;
  return widths;
}
